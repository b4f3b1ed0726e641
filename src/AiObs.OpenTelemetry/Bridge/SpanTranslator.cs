using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.OpenTelemetry.Bridge.Sources;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Makes finished spans of other libraries what ours are, and tells everybody who hears of operations.</summary>
/// <param name="pipeline">The pipeline of the root that they are for.</param>
/// <param name="options">How they are treated.</param>
/// <param name="content">What becomes of the content that stands on them.</param>
internal sealed class SpanTranslator(OperationPipeline pipeline, AgentTracingOptions options, ForeignContentMode content)
{
    private readonly OperationReader _reader = new(pipeline);
    private readonly ForeignContentGuard _guard = new(content, pipeline);
    private readonly ConditionalWeakTable<OperationPipeline, ForeignContentGuard> _guards = [];

    /// <summary>Translates a span that stands for something that nobody else counts.</summary>
    /// <param name="span">The span.</param>
    /// <param name="role">What it stands for.</param>
    /// <param name="origin">Whose it is.</param>
    /// <param name="callId">The id of the model call, where it may be heard of again; by default it gets one of its own.</param>
    public void Adopt(Activity span, SpanRole role, LibrarySource origin, string? callId = null)
    {
        if (role == SpanRole.Loop)
        {
            SpanUsage.Remove(span);
        }
        else if (role == SpanRole.Agent && options.MoveAgentTotals)
        {
            SpanUsage.MoveTotals(span);
        }

        if (role == SpanRole.Tool)
        {
            ToolResults.RemoveEmpty(span);
        }

        var operation = pipeline.Faults.Get(ForeignContentGuard.Part, (_reader, span, role), static state => state._reader.Read(state.span, state.role));
        if (operation is ModelOperation model)
        {
            (model.Foreign ??= new()).MeasuresCalls = origin.MeasuresCalls && options.BridgedMetrics == BridgedMetrics.Missing;
            SpanUsage.KeepOneSpelling(span, pipeline.Options.GenAIProfile);
            if (callId is not null)
            {
                model.BeCalled(callId);
            }
        }

        Finish(span, operation);
    }

    /// <summary>Translates a span that is a layer of what another one counts.</summary>
    public void Demote(Activity span, bool isOutermost)
    {
        SpanUsage.Remove(span);
        Finish(span, pipeline.Faults.Get(
            ForeignContentGuard.Part, (_reader, span, isOutermost), static state => state._reader.ReadLayer(state.span, state.isOutermost)));
    }

    /// <summary>Holds the content of a span to the rules for ours, and leaves all else.</summary>
    public void Guard(Activity span) => _guard.Apply(span, operation: null);

    /// <summary>Has the last word on a span that one of our decorators enriched while it was open.</summary>
    public void WriteAgain(Activity span, AgentOperation operation)
    {
        RepeatedTags.Remove(span);
        var own = EnrichedSpan.PipelineOf(span) ?? pipeline;

        // The decorator may have been given options of its own, which hide more or less than those of the root.
        var guard = ReferenceEquals(own, pipeline) ? _guard : _guards.GetValue(own, own => new ForeignContentGuard(content, own));
        guard.Apply(span, operation);
        own.WriteAgain(operation);
    }

    private void Finish(Activity span, AgentOperation? operation)
    {
        if (operation is null)
        {
            // What could not be read must not be shown for that.
            Guard(span);
            return;
        }

        var error = ErrorReader.Read(new ForeignTags(span), operation, pipeline.Masker);
        _guard.Apply(span, operation);
        pipeline.Adopt(operation, span, error);
    }
}
