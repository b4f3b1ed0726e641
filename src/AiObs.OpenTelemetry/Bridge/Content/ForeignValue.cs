namespace AiObs.OpenTelemetry.Bridge.Content;

/// <summary>A piece of content as another library wrote it, before it was masked.</summary>
/// <param name="Text">The text, or JSON as text.</param>
/// <param name="IsJson">Whether <paramref name="Text"/> is a JSON document.</param>
internal sealed record ForeignValue(string Text, bool IsJson);
