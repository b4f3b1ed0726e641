namespace FakeModelServer;

/// <summary>Describes what the client sent back for a tool call.</summary>
/// <param name="CallId">The identifier of the call that is answered; Ollama's clients may give the tool's name instead, or nothing.</param>
/// <param name="Text">The result as text.</param>
public sealed record ModelToolResult(string CallId, string Text);
