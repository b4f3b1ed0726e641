using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using AiObs.Conventions;
using AiObs.OpenTelemetry;
using AiObs.OpenTelemetry.Bridge;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.OpenTelemetry.Bridge.Sources;
using AiObs.Otlp.Spans;

namespace AiObs.Otlp.Receiving;

/// <summary>Makes a received span what spans of other libraries in this process are made by the bridge: read, priced, masked and told to everybody who hears of operations.</summary>
internal sealed class SpanTaker(AgentObservability observability, AgentTracingOptions options, SeenSpans seen)
{
    /// <summary>Whoever sent them measures its calls itself, if anybody does: here they would be counted at the wrong time and for the wrong process.</summary>
    private static readonly LibrarySource Origin = new("", MeasuresCalls: true, static _ => true);

    /// <summary>Other languages' libraries record content unless they are told not to: what may be shown of it is for the options here to say, whatever spans of this process may keep.</summary>
    private readonly SpanTranslator _translator = new(observability.Pipeline, options, ForeignContentMode.Remove);

    public void Take(ReceivedBatch.Item item)
    {
        // Neither for whom the request is that brought it nor what is current there has anything to do with it.
        var current = (Context: AgentContext.Capture(), Span: Activity.Current);
        AgentContext.PutBack(null);
        Activity.Current = null;
        try
        {
            using var scope = AgentContext.Begin(
                item.Span.Attributes.Text(GenAiAttributes.ConversationId),
                item.Span.Attributes.Text(GenAiAttributes.UserId),
                item.Span.Attributes.Text(GenAiAttributes.SessionId));
            Translate(item);
        }
        finally
        {
            Activity.Current = current.Span;
            AgentContext.PutBack(current.Context);
        }
    }

    private void Translate(ReceivedBatch.Item item)
    {
        var (span, activity, role, _) = item;
        if (role == SpanRole.None)
        {
            _translator.Guard(activity);
        }
        else if (SpanRoles.IsModelCall(role))
        {
            TranslateCall(item);
        }
        else
        {
            if (role == SpanRole.Tool)
            {
                // Names are remembered for long, and a sender must not fill the memory with them.
                seen.CountStep(span.Key, SpanLimits.Cut(WorkReader.NameOfTool(activity), SpanLimits.NameLength));
            }
            else if (role == SpanRole.Agent)
            {
                seen.CountSteps(span.Key, AgentCounts.Of(activity));
            }

            _translator.Adopt(activity, role, Origin);
        }
    }

    private void TranslateCall(ReceivedBatch.Item item)
    {
        var (span, activity, role, _) = item;
        var place = seen.Count(span.Key);
        if (place == CallPlace.Here && !IsKnownAnswer(span))
        {
            if (role == SpanRole.Chat)
            {
                seen.CountStep(span.Key, tool: null);
            }

            _translator.Adopt(activity, role, Origin, CallIdOf(span));
        }
        else if (options.DuplicateModelSpans == DuplicateModelSpans.Demote)
        {
            _translator.Demote(activity, isOutermost: place == CallPlace.Inside);
        }
        else
        {
            _translator.Guard(activity);
        }
    }

    /// <summary>Tells whether the answer is known already: of a call that was observed in this process too, or on the other side of a gateway.</summary>
    private bool IsKnownAnswer(ReceivedSpan span) =>
        span.Attributes.Text(GenAiAttributes.ResponseId) is { } id && observability.Core.RecentAnswers.Find(id) is not null;

    /// <summary>Makes the id of a call from that of its span, so that stores that have its cost know it again long after this process has forgotten the span.</summary>
    private static string CallIdOf(ReceivedSpan span)
    {
        Span<byte> named = stackalloc byte[24];
        BinaryPrimitives.WriteUInt128BigEndian(named, span.Key.Trace);
        BinaryPrimitives.WriteUInt64BigEndian(named[16..], span.Key.Span);
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(named, id);

        // A UUID of version 8, which leaves the bits to us, that sorts by time as the others do.
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, new DateTimeOffset(span.Start).ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id[..16], bigEndian: true).ToString();
    }
}
