using AiObs.Operations;
using AiObs.Privacy.Redaction;

namespace AiObs.Privacy.Keys;

/// <summary>What an attribute holds, and which way it goes.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Side">Which way it goes; <see langword="null"/> where this is not known, and both ways count.</param>
internal readonly record struct ContentPlace(ContentKind Kind, ContentSide? Side)
{
    public static ContentPlace In(ContentKind kind) => new(kind, ContentSide.Input);

    public static ContentPlace Out(ContentKind kind) => new(kind, ContentSide.Output);

    public static ContentPlace Of(ContentKind kind) => new(kind, Side: null);

    /// <summary>Returns the place as redaction is told of it.</summary>
    /// <param name="operation">What the span stands for.</param>
    /// <param name="key">The attribute.</param>
    public RedactionPlace ToRedaction(AgentOperation operation, string? key = null)
    {
        var tool = operation as ToolOperation;
        var kind = Kind switch
        {
            ContentKind.Messages or ContentKind.Prose or ContentKind.Leaf => RedactionKind.Message,
            ContentKind.Instructions => RedactionKind.Instructions,
            ContentKind.Tools or ContentKind.Tool or ContentKind.Description => RedactionKind.ToolDescription,
            ContentKind.Value when tool is not null => Side == ContentSide.Output ? RedactionKind.ToolResult : RedactionKind.ToolArgument,
            ContentKind.Value or ContentKind.Opaque => RedactionKind.Value,
            ContentKind.Documents => RedactionKind.Document,
            ContentKind.AuthorName => RedactionKind.Name,
            ContentKind.Context => RedactionKind.Metadata,
            ContentKind.Parameter => RedactionKind.Parameter,
            ContentKind.Error => RedactionKind.Error,
            _ => RedactionKind.Other,
        };
        return RedactionPlace.Of(kind, Side ?? ContentSide.Input) with { Tool = tool?.Name, Key = key };
    }
}
