namespace AiObs.Operations.Content;

/// <summary>Text.</summary>
/// <param name="Text">The text.</param>
internal sealed record TextPart(string Text) : MessagePart;
