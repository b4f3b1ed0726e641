using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Masks the tags of activity events where they stand.</summary>
internal sealed class EventMasker(TagMasker tags, EventBodyMasker bodies, Faults faults)
{
    private const string Part = "bridge";

    public void Mask(Activity span, AgentOperation operation, bool mayShow)
    {
        foreach (ref readonly var item in span.EnumerateEvents())
        {
            var isMessage = MessageEvents.RoleOf(item.Name) is not null;
            var side = MessageEvents.SideOf(item.Name);
            foreach (ref readonly var tag in item.EnumerateTagObjects())
            {
                var masked = isMessage
                    ? InMessage(operation, tag, side, mayShow)
                    : tags.Mask(span, operation, tag.Key, tag.Value, mayShow) ?? RecordedValue.RedactedText;
                if (!ReferenceEquals(masked, tag.Value))
                {
                    Overwrite(in tag, masked);
                }
            }
        }
    }

    private object? InMessage(AgentOperation operation, in KeyValuePair<string, object?> tag, ContentSide side, bool mayShow)
    {
        if (tag.Value is null || EventBodyMasker.IsLabel(tag.Key) || IsFact(tag.Key))
        {
            return tag.Value;
        }

        var masked = mayShow && tag.Value is string text
            ? faults.Get(Part, (bodies, operation, text, side), static state => state.bodies.Mask(state.operation, state.text, state.side))
            : null;
        return masked ?? RecordedValue.RedactedText;
    }

    private static bool IsFact(string key) => ContentKeys.PlaceOf(key).Kind == ContentKind.Fact;

    /// <summary>Writes into the list that the event itself holds.</summary>
    /// <remarks>
    /// An event cannot be removed from a span, nor one of its tags replaced: both lists have no setter. The enumerator hands out references
    /// to the nodes, though, and exporters, which hear of the span after us, walk the very same nodes. No private member is touched, so it
    /// holds in trimmed applications too; a test with an exporter says whether it still does.
    /// </remarks>
    private static void Overwrite(ref readonly KeyValuePair<string, object?> tag, object? value) =>
        Unsafe.AsRef(in tag) = KeyValuePair.Create(tag.Key, value);
}
