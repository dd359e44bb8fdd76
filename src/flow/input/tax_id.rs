//! Brazilian tax numbers: CNPJ (alphanumeric since Instrução Normativa RFB 2.229/2024) and CPF, with check digits.

/// Why a text is not a tax number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TaxIdError {
    Format,
    CheckDigits,
}

/// Reads a CNPJ, punctuation optional, in either case; returns its fourteen characters in upper case.
pub(super) fn read_cnpj(text: &str) -> Result<String, TaxIdError> {
    let bare = without_punctuation(text).to_uppercase();
    let is_formed = bare.len() == 14
        && bare.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && bare.bytes().skip(12).all(|byte| byte.is_ascii_digit());
    check_digits_of(bare, is_formed, 9)
}

/// Reads a CPF, punctuation optional; returns its eleven digits.
pub(super) fn read_cpf(text: &str) -> Result<String, TaxIdError> {
    let bare = without_punctuation(text);
    let is_formed = bare.len() == 11 && bare.bytes().all(|byte| byte.is_ascii_digit());
    check_digits_of(bare, is_formed, 11)
}

fn without_punctuation(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '.' | '-' | '/') && !c.is_whitespace()).collect()
}

fn check_digits_of(bare: String, is_formed: bool, highest: usize) -> Result<String, TaxIdError> {
    match (is_formed, is_formed && ends_in_check_digits(bare.as_bytes(), highest)) {
        (false, _) => Err(TaxIdError::Format),
        (true, false) => Err(TaxIdError::CheckDigits),
        (true, true) => Ok(bare),
    }
}

/// Refuses repeated digits, which satisfy the sum but are never issued. Weights restart at 2 after `highest`.
fn ends_in_check_digits(value: &[u8], highest: usize) -> bool {
    let (body, written) = value.split_at(value.len() - 2);
    let mut characters = body.to_vec();
    for _ in 0..2 {
        characters.push(check_digit(&characters, highest));
    }
    characters.ends_with(written) && value.iter().any(|byte| *byte != value[0])
}

/// Modulo 11 over `ASCII − 48`, with weights 2, 3, … from the right.
fn check_digit(characters: &[u8], highest: usize) -> u8 {
    let weights = (2..=highest).cycle();
    let sum: usize = characters.iter().rev().zip(weights).map(|(byte, weight)| usize::from(byte - b'0') * weight).sum();
    let digit = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    b'0' + u8::try_from(digit).expect("a rest of eleven is below ten")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_numeric_and_alphanumeric_cnpj() {
        assert_eq!(read_cnpj("12.345.678/0001-95").as_deref(), Ok("12345678000195"));
        assert_eq!(read_cnpj("12.abc.345/01de-35").as_deref(), Ok("12ABC34501DE35"));
        assert_eq!(read_cnpj("12345678000196"), Err(TaxIdError::CheckDigits));
        assert_eq!(read_cnpj("00000000000000"), Err(TaxIdError::CheckDigits));
        assert_eq!(read_cnpj("12ABC34501DE3A"), Err(TaxIdError::Format));
        assert_eq!(read_cnpj("1234567800019"), Err(TaxIdError::Format));
    }

    #[test]
    fn accepts_cpf_with_correct_check_digits_only() {
        assert_eq!(read_cpf("529.982.247-25").as_deref(), Ok("52998224725"));
        assert_eq!(read_cpf("529.982.247-24"), Err(TaxIdError::CheckDigits));
        assert_eq!(read_cpf("11111111111"), Err(TaxIdError::CheckDigits));
        assert_eq!(read_cpf("5299822472"), Err(TaxIdError::Format));
    }
}
