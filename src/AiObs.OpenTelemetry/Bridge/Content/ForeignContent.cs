using System.Diagnostics;
using AiObs.Operations.Content;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content;

/// <summary>The content that a span of another library has.</summary>
internal sealed class ForeignContent
{
    public IReadOnlyList<ChatMessage>? Input { get; init; }

    public IReadOnlyList<ChatMessage>? Output { get; init; }

    public string? Instructions { get; init; }

    public IReadOnlyList<RecordedTool>? Tools { get; init; }

    public object? Arguments { get; init; }

    public object? Result { get; init; }

    public int MalformedCount { get; init; }

    public static ForeignContent Read(Activity span) => new();
}
