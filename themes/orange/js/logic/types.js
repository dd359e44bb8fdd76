// @ts-check
/**
 * The types of a walk through a flow. Those of `flow.json` are generated: flow-json.d.ts.
 * Types only: no page loads this file.
 *
 * @typedef {import('./flow-json.js').Flow} Flow
 * @typedef {import('./flow-json.js').Graph} Graph
 * @typedef {import('./flow-json.js').Node} Node
 * @typedef {import('./flow-json.js').AnswerOption} Option
 * @typedef {import('./flow-json.js').Condition} Condition
 * @typedef {import('./flow-json.js').Comparison} Comparison
 * @typedef {import('./flow-json.js').Constant} Constant
 * @typedef {import('./flow-json.js').Calendar} Calendar
 * @typedef {import('./flow-json.js').Input} Input
 * @typedef {Input['type']} InputType
 *
 * @typedef {string | number | boolean | string[] | null} Value
 *
 * @typedef {object} Reading              a typed text that was understood
 * @property {InputType | 'answer'} type
 * @property {string} text               as typed, without outer spaces
 * @property {Value} value               normalised; null when nothing was typed
 * @property {number} [instant]          of a date-time typed with an offset: milliseconds since 1970
 *
 * @typedef {{error: 'required' | 'format' | 'check' | 'choice' | 'pattern' | 'min' | 'max'}} Refusal
 *
 * @typedef {{value: Value, text?: string, instant?: number} | Refusal} Read   by a type alone
 *
 * @typedef {(name: string) => Reading | undefined} Lookup
 *
 * @typedef {string | string[] | true} Answer   an option, several, or "seen" of a step or a form
 *
 * @typedef {object} State                everything a reader did in a flow
 * @property {string | null} start       the node a walk began at when it is not the flow's first
 * @property {Record<string, Answer>} answers   by node key: `node`, or `call/node` in a called flow
 * @property {Record<string, string>} inputs    as typed, by name
 *
 * @typedef {object} Walk                 how far a state leads
 * @property {Flow} flow
 * @property {State} state
 * @property {{key: string, answer: Answer | null}[]} path   the nodes left behind; no answer where the node needs none
 * @property {string} current            the key of the node where the walk stands
 * @property {string | null} outcome     the same, when the flow ended there and misses nothing
 * @property {string[]} missing          the inputs the current node still needs
 * @property {Record<string, Reading>} values   what is known on the path
 * @property {boolean} looped            the current node already stands on the path
 *
 * @typedef {{state: State, key: string}} Next   a state, and the node to show
 *
 * @typedef {{node: string | null, first: string | null, answers: Record<string, Answer>}} Address   of a fragment; `first` is the key of its first answer
 *
 * @typedef {object} Stop                 a node at which the reader did something
 * @property {string} key
 * @property {string} title     empty when the node has none
 * @property {string} answer    the labels chosen; empty for a step or a form
 * @property {string} typed     what the form holds
 *
 * @typedef {object} Session              one customer: a walk through one flow, as the tab remembers it
 * @property {string} id
 * @property {number} number     1, 2, 3 …: its colour and its key
 * @property {string} name       as the reader calls it; empty until then
 * @property {string} label      a value that identifies it, never a private one; empty where there is none
 * @property {Record<string, string>} identities   what stands for its customer or ticket, normalised, by input
 * @property {number} begun      milliseconds since 1970
 * @property {string} flow       the route of its flow
 * @property {string} title      of its flow
 * @property {string} version    of its flow when it was last walked
 * @property {State} state
 * @property {string} key        the node shown
 * @property {boolean} whole     it showed the whole document
 * @property {Stop[]} trail      what was answered, in the words of its version
 * @property {string[]} ticks    the checklist items done: `node#text`
 * @property {Record<string, Timer>} timers   by the checklist item
 * @property {boolean} counted   its walk is in the counts
 *
 * @typedef {object} Revision             what a new answer at an earlier stop did
 * @property {number} kept       the later answers that still count
 * @property {number} left       those that do not
 * @property {string | null} from   the outcome before; null where there was none
 * @property {string | null} to     the outcome now
 * @property {boolean} same      both are the same node
 *
 * @typedef {object} Replay               where a flow that changed stops an older walk
 * @property {string} stop       the node to look at again
 * @property {'node' | 'answer' | 'path'} why   what no longer exists: the node, its option or value, the path to it
 * @property {Stop} was
 *
 * @typedef {{label: string, text: string}} Line   of what is pasted in a ticket
 *
 * @typedef {object} Counts               how often what was taken, by id
 * @property {1} version
 * @property {string} flow       its route
 * @property {number} walks      that reached an outcome
 * @property {Record<string, number>} nodes
 * @property {Record<string, Record<string, number>>} options   by question
 * @property {Record<string, number>} outcomes
 *
 * @typedef {object} Found                an input that a pasted text may hold
 * @property {string} name
 * @property {Input} input
 * @property {string[]} texts    what it may be
 * @property {string[]} lines    where each of them stands
 * @property {boolean} sure      it is the only one, and stands for nothing else
 *
 * @typedef {{inputs: Record<string, string>, refused: string[], secret: string[]}} Prefill   what an address fills in; the names of what is wrong, and of what is private
 *
 * @typedef {{start: string | null, answers: Record<string, Answer>, wrong: string | null, at: string}} CodedPath   of a path code
 *
 * @typedef {object} Timer
 * @property {string} text       of the checklist item
 * @property {number} deadline   milliseconds since 1970
 * @property {boolean} notify    the reader wants a notification
 * @property {boolean} announced   its end was announced
 *
 * @typedef {object} Book                 what a tab stores
 * @property {Session[]} sessions
 * @property {string | null} wanted   the session that the next page shows
 * @property {string | null} last     the session that was shown last
 * @property {Record<string, string>} typed   on pages, while there was no session
 *
 * @typedef {{name: string, input: Input, text: string}} Asked   an input with what was typed so far
 * @typedef {(name: string, text: string) => void} Type
 * @typedef {(given: Answer) => void} Give
 * @typedef {(name: string) => string} Same   the other sessions with the value of an input, in words; empty for none
 * @typedef {object} Tool                 of a walk, in a dialog
 * @property {string} name       of its button's class, `walk-NAME`, and its strings, `js_tool_NAME`
 * @property {string} [key]      that opens it
 * @property {() => Promise<{makeBody: (bench: Workbench, close: () => void) => HTMLElement | Promise<HTMLElement>}>} load
 *
 * @typedef {object} Steering
 * @property {(key: string) => void} goTo
 * @property {() => void} back
 * @property {() => void} restart
 * @property {() => void} showWhole
 * @property {(name: string) => void} openTool
 *
 * @typedef {object} Workbench            what a tool works on
 * @property {Walk} walked
 * @property {string} name       of the session
 * @property {string} [pasted]   a text that was pasted outside of any field
 * @property {() => void} [instead]   puts the text where it was pasted, when it holds nothing else
 * @property {Type} type
 * @property {(inputs: Record<string, string>, notice: string) => void} fill
 * @property {(path: Pick<State, 'start' | 'answers'>, notice: string) => void} open
 * @property {(notice: string) => void} showNotice
 *
 * @typedef {object} Place                a node found by its key
 * @property {string} key
 * @property {string} prefix             the calls that lead here, `''` or `call/`
 * @property {string} id
 * @property {Node} node
 * @property {Graph} graph
 */
export {};
