using System.Text.Json.Nodes;

namespace FakeModelServer;

/// <summary>Describes a model call as a handler sees it, the same for every protocol.</summary>
public sealed record ModelRequest
{
    /// <summary>Gets the protocol in which the client spoke.</summary>
    public required ModelProtocol Protocol { get; init; }

    /// <summary>Gets the model that was asked for; empty when the request names none.</summary>
    public required string Model { get; init; }

    /// <summary>Gets a value indicating whether the client asked for a stream.</summary>
    public bool Stream { get; init; }

    /// <summary>Gets a value indicating whether the client wants usage in a stream.</summary>
    /// <value>False only for streamed chat completions that do not ask for it.</value>
    public bool IncludeUsage { get; init; } = true;

    /// <summary>Gets the conversation, instructions first.</summary>
    public IReadOnlyList<ModelMessage> Messages { get; init; } = [];

    /// <summary>Gets the tools on offer.</summary>
    public IReadOnlyList<ModelTool> Tools { get; init; } = [];

    /// <summary>Gets the texts to embed.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Gets the headers; names compare without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the body as the client sent it.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Gets the text of the last user message that has any; empty when there is none.</summary>
    public string LastUserText =>
        Messages.LastOrDefault(message => message is { Role: "user", Text.Length: > 0 })?.Text ?? string.Empty;

    /// <summary>Gets the tool results that stand after the last assistant message.</summary>
    public IReadOnlyList<ModelToolResult> NewToolResults =>
        [.. Messages.Reverse().TakeWhile(message => message.Role != "assistant").Reverse().SelectMany(message => message.ToolResults)];
}
