namespace AiObs.Guardrails;

/// <summary>A text that a guardrail looks at.</summary>
/// <param name="Value">The text.</param>
/// <param name="Message">Which of <see cref="GuardrailRequest.Messages"/> has it.</param>
/// <param name="Content">Which of the contents of that message; where several make up the text, the first of them.</param>
/// <param name="Path">Where in the arguments of a call, or in a result that is no text: a JSON pointer such as <c>/city</c>. <see langword="null"/> where the content is the text.</param>
public readonly record struct GuardrailText(string Value, int Message, int Content, string? Path = null);
