using System.Diagnostics;
using AiObs.Conventions;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.OpenTelemetry.Bridge.Sources;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Decides what becomes of a span that has ended.</summary>
internal sealed class SpanBridge(SpanOrigins origins, BridgeRoot root, AgentTracingOptions options)
{
    private const string DoneProperty = "AiObs.Bridged";

    private readonly CallLayers _layers = new(origins);
    private readonly bool _demotes = options.DuplicateModelSpans == DuplicateModelSpans.Demote;

    public void End(Activity span, LibrarySource origin)
    {
        var role = SpanRoles.Of(span);
        if (role == SpanRole.Tool && span.GetTagItem(ForeignScalars.McpMethod) is not null)
        {
            // Clients of that protocol append what they know to the tool span around them, whosever it is.
            RepeatedTags.Remove(span);
        }

        if (ReferenceEquals(origin, LibrarySource.Own) && !LoopSpans.IsOne(span, root.Observability!.Pipeline.Options))
        {
            // Without the GenAI convention only the kind tells, and that of a fetched response is in no role of its own.
            Count(span, role is SpanRole.None or SpanRole.Step && span.Kind == ActivityKind.Client ? SpanRole.Chat : role);
        }
        else if (role != SpanRole.None && span.GetCustomProperty(DoneProperty) is null)
        {
            if (BridgedRoots.IsOfAnother(span, origins))
            {
                // That root's bridge has it, maybe after exporters beside this one have sent it.
                root.Translator!.Guard(span);
                return;
            }

            // Several providers may listen, each for a root of its own; where no root's span is around it, the first one has the span.
            span.SetCustomProperty(DoneProperty, this);
            SpanSurroundings.RunInScope(span, (this, span, role, origin), static state => state.Item1.Translate(state.span, state.role, state.origin));
            Keep(span);
        }
    }

    private void Translate(Activity span, SpanRole role, LibrarySource origin)
    {
        var translator = root.Translator!;
        if (EnrichedSpan.OperationOf(span) is { } operation)
        {
            Count(span, role);
            if (operation.Outcome == OperationOutcome.Running)
            {
                translator.Guard(span);
            }
            else
            {
                translator.WriteAgain(span, operation);
            }
        }
        else if (!root.Observability!.Pipeline.IsOn)
        {
            translator.Guard(span);
        }
        else if (SpanRoles.IsModelCall(role))
        {
            TranslateModelCall(translator, span, role, origin);
        }
        else if (role == SpanRole.Tool && _layers.IsInsideSameTool(span))
        {
            translator.Demote(span, isOutermost: false);
        }
        else
        {
            Count(span, role);
            translator.Adopt(span, role, origin);
        }
    }

    /// <summary>Hands a span on to be kept, now that nothing is in it that must not be shown.</summary>
    private void Keep(Activity span)
    {
        if (root.Observability is { Pipeline.IsOn: true } observability)
        {
            observability.Core.KeptSpans.Add(span);
        }
    }

    private void TranslateModelCall(SpanTranslator translator, Activity span, SpanRole role, LibrarySource origin)
    {
        var isCountedInside = CallLayers.IsCountedInside(span);
        if (!isCountedInside && !_layers.IsCountedAround(span))
        {
            Count(span, role);
            translator.Adopt(span, role, origin);
        }
        else if (_demotes)
        {
            translator.Demote(span, isCountedInside);
        }
        else
        {
            translator.Guard(span);
        }
    }

    /// <summary>Counts a call where it is a part of something that another library runs.</summary>
    private void Count(Activity span, SpanRole role)
    {
        switch (role)
        {
            case SpanRole.Chat or SpanRole.Embeddings:
                _layers.MarkAround(span);
                if (role == SpanRole.Chat)
                {
                    _layers.FindAgent(span)?.CountIteration();
                }

                break;
            case SpanRole.Tool:
                CountTool(span);
                break;
        }
    }

    private void CountTool(Activity span)
    {
        if (_layers.FindAgent(span) is { } agent)
        {
            // A request that tells its result is no sign of another call.
            agent.ToolCalls.Remove(span.GetTagItem(GenAiAttributes.ToolCallId) as string ?? "");
            agent.CountTool(WorkReader.NameOfTool(span));
        }
    }
}
