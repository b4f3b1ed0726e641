using AiObs.OpenTelemetry;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.Otlp.Dialects;
using AiObs.Otlp.Proto;
using AiObs.Otlp.Spans;
using AiObs.Pipeline;

namespace AiObs.Otlp.Receiving;

/// <summary>Takes requests in: what of them are spans goes, masked and priced, to what keeps the spans of the root.</summary>
internal sealed class SpanReceiver
{
    private const string Part = "otlp";
    private const string Project = "openinference.project.name";
    private const string Service = "service.";
    private const string Unreadable = "it could not be read";

    private readonly SeenSpans _seen = new();
    private readonly OperationPipeline _pipeline;
    private readonly ISpanKeeper _keeper;
    private readonly SpanTaker _taker;

    /// <summary>Creates what receives for a root.</summary>
    /// <param name="observability">The root.</param>
    /// <param name="keeper">What keeps its spans.</param>
    /// <param name="options">How spans of other libraries are treated.</param>
    public SpanReceiver(AgentObservability observability, ISpanKeeper keeper, AgentTracingOptions options)
    {
        _pipeline = observability.Pipeline;
        _keeper = keeper;
        _taker = new(observability, options, _seen);
    }

    /// <summary>Takes a request in.</summary>
    public ReceiveOutcome Receive(TraceRequest request)
    {
        var outcome = new ReceiveOutcome();
        var spans = Parse(request, outcome);
        if (!_pipeline.IsOn)
        {
            foreach (var _ in spans)
            {
                outcome.Reject("agent observability is switched off here");
            }

            return outcome;
        }

        if (!_keeper.HasRoomFor(spans.Count))
        {
            return new() { IsFull = true };
        }

        var batch = Sort(spans, outcome);
        foreach (var item in batch.InsideOut())
        {
            Keep(batch, item, outcome);
        }

        return outcome;
    }

    private static List<ReceivedSpan> Parse(TraceRequest request, ReceiveOutcome outcome)
    {
        var spans = new List<ReceivedSpan>();
        foreach (var resourceSpans in request.ResourceSpans)
        {
            var resource = ReadResource(resourceSpans, outcome);
            foreach (var scopeSpans in resourceSpans.ScopeSpans)
            {
                foreach (var span in scopeSpans.Spans)
                {
                    if (SpanParser.Read(span, scopeSpans.Scope?.Name ?? "", resource, out var problem) is { } read)
                    {
                        spans.Add(read);
                    }
                    else
                    {
                        outcome.Reject(problem!);
                    }
                }
            }
        }

        return spans;
    }

    /// <summary>Reads what a process says of itself, as far as its spans are to have it too.</summary>
    private static Dictionary<string, object?> ReadResource(ResourceSpans spans, ReceiveOutcome outcome)
    {
        var all = AttributeMap.Read(spans.Resource?.Attributes ?? []);
        var wanted = all.Where(static attribute => attribute.Key == Project || attribute.Key.StartsWith(Service, StringComparison.Ordinal)).ToArray();
        if (wanted.Length > SpanLimits.ResourceAttributes)
        {
            outcome.Remark(SpanLimits.ResourceRemark);
        }

        return new(wanted.Take(SpanLimits.ResourceAttributes), StringComparer.Ordinal);
    }

    /// <summary>Leaves out what came before, and puts the rest into words that are known here.</summary>
    private ReceivedBatch Sort(List<ReceivedSpan> spans, ReceiveOutcome outcome)
    {
        var batch = new ReceivedBatch();
        foreach (var span in spans)
        {
            if (_pipeline.Faults.Get(Part, span, Translate) is not { } item)
            {
                outcome.Reject(Unreadable);
            }
            else if (_seen.Add(span, ReceivedBatch.IsBoundary(item.Role, span)))
            {
                batch.Add(item);
                if (item.IsCut)
                {
                    outcome.Remark(SpanLimits.Remark);
                }
            }
        }

        return batch;
    }

    private static ReceivedBatch.Item Translate(ReceivedSpan span)
    {
        Dialect.Translate(span.Attributes);
        var isCut = SpanLimits.Hold(span);
        var activity = ReceivedActivity.Create(span);
        var role = SpanRoles.Of(activity) is not SpanRole.None and var known ? known : Dialect.IsStep(span.Attributes) ? SpanRole.Step : SpanRole.None;
        return new(span, activity, role, isCut);
    }

    private void Keep(ReceivedBatch batch, ReceivedBatch.Item item, ReceiveOutcome outcome)
    {
        var isTop = item.Span.Parent is not { } parent || (item.Span.HasRemoteParent && !_seen.Has(parent));
        var taken = _pipeline.Faults.Get(Part, (_taker, item), static state =>
        {
            state._taker.Take(state.item);
            return state.item;
        });
        if (taken is null)
        {
            // What could not be masked must not be kept.
            outcome.Reject(Unreadable);
        }
        else if (!_keeper.KeepReceived(item.Activity, item.Span.Scope, isTop, batch.NameOfAgent(item)))
        {
            outcome.Reject("there was no room for it");
        }
    }
}
