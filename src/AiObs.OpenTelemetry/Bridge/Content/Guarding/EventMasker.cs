using System.Diagnostics;
using AiObs.Operations;
using AiObs.Privacy;
using AiObs.Privacy.Keys;
using AiObs.Privacy.Redaction;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Masks the tags of activity events. They stay as they are on the span; exporters of ours send what is said here instead.</summary>
internal sealed class EventMasker(TagMasker tags, EventBodyMasker bodies, Faults faults)
{
    /// <summary>Notes what exporters of ours send instead of the tags of a span's events.</summary>
    /// <param name="span">The span.</param>
    /// <param name="operation">What it stands for.</param>
    /// <param name="mayShow">Whether content may be shown at all.</param>
    /// <param name="isMeant">Says which values are meant; all of them by default.</param>
    public void Mask(Activity span, AgentOperation operation, bool mayShow, Predicate<object?>? isMeant = null)
    {
        var masked = new MaskedEvents();
        var index = 0;
        foreach (ref readonly var item in span.EnumerateEvents())
        {
            var isMessage = MessageEvents.RoleOf(item.Name) is not null;
            var side = MessageEvents.SideOf(item.Name);
            foreach (ref readonly var tag in item.EnumerateTagObjects())
            {
                if (isMeant?.Invoke(tag.Value) == false)
                {
                    continue;
                }

                var shown = isMessage
                    ? InMessage(operation, tag, side, mayShow)
                    : tags.Mask(span, operation, tag.Key, tag.Value, mayShow) ?? RecordedValue.RedactedText;
                if (!ReferenceEquals(shown, tag.Value))
                {
                    masked.Add(index, tag.Key, shown);
                }
            }

            index++;
        }

        masked.PutOn(span);
    }

    private object? InMessage(AgentOperation operation, in KeyValuePair<string, object?> tag, ContentSide side, bool mayShow)
    {
        if (tag.Value is null || EventBodyMasker.IsLabel(tag.Key) || IsFact(tag.Key))
        {
            return tag.Value;
        }

        var masked = mayShow && tag.Value is string text
            ? faults.Get(ForeignContentGuard.Part, (bodies, operation, text, side), static state => state.bodies.Mask(state.operation, state.text, state.side))
            : null;
        return masked ?? RecordedValue.RedactedText;
    }

    private static bool IsFact(string key) => ContentKeys.PlaceOf(key).Kind == ContentKind.Fact;
}
