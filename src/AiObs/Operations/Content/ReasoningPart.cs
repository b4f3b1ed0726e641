namespace AiObs.Operations.Content;

/// <summary>Visible reasoning, or the opaque form that a provider wants back.</summary>
/// <param name="Text">The reasoning, or its summary; empty when only the opaque form exists.</param>
/// <param name="ProtectedData">The opaque form: a signature or encrypted reasoning.</param>
internal sealed record ReasoningPart(string Text, string? ProtectedData) : MessagePart;
