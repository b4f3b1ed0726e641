using System.Diagnostics;
using AiObs.Operations.Content;
using AiObs.Tracing.Data;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content;

/// <summary>The content that a span of another library has.</summary>
internal sealed class ForeignContent
{
    public IReadOnlyList<ChatMessage>? Input { get; init; }

    public IReadOnlyList<ChatMessage>? Output { get; init; }

    public string? Instructions { get; init; }

    public IReadOnlyList<RecordedTool>? Tools { get; init; }

    public ForeignValue? Arguments { get; init; }

    public ForeignValue? Result { get; init; }

    public string? Query { get; init; }

    public IReadOnlyList<RetrievedDocument>? Documents { get; init; }

    public ForeignValue? ExecutorInput { get; init; }

    public ForeignValue? ExecutorOutput { get; init; }

    public ForeignValue? WorkflowMessage { get; init; }

    public string? FinishReason { get; init; }

    public int MalformedCount { get; init; }

    public static ForeignContent Read(Activity span) => new();
}
