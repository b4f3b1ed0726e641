using System.Diagnostics;
using System.Text;

namespace AiObs;

/// <summary>Reads for whom work is from the baggage that came with a request.</summary>
internal sealed class BaggageReader(IEnumerable<string> keys, Faults faults)
{
    private readonly HashSet<string> _keys = new(keys, StringComparer.Ordinal);

    /// <summary>Returns what receives these keys; <see langword="null"/> where nothing is to be received.</summary>
    public static BaggageReader? Of(IList<string> keys, Faults faults) => keys.Count == 0 ? null : new(keys, faults);

    /// <summary>Returns a scope with what came along in the place of values that it leaves open; the scope itself where nothing did.</summary>
    public AgentContext? Complete(AgentContext? scope)
    {
        if (Activity.Current is not { } activity)
        {
            return scope;
        }

        var conversation = Read(activity, BaggageKeys.ConversationId);
        var user = Read(activity, BaggageKeys.UserId);
        var session = Read(activity, BaggageKeys.SessionId);
        var tags = Read(activity, BaggageKeys.Tags);
        var length = LengthOf(conversation) + LengthOf(user) + LengthOf(session) + LengthOf(tags);
        if (length > BaggageKeys.MostBytes)
        {
            faults.Drop(BaggageKeys.Part);
            return scope;
        }

        return length == 0 ? scope : new AgentContext(scope)
        {
            ConversationId = scope?.ConversationId ?? conversation,
            UserId = scope?.UserId ?? user,
            SessionId = scope?.SessionId ?? session,
            Tags = scope?.Tags ?? BaggageKeys.Split(tags),
            Metadata = scope?.Metadata,
            TurnId = scope?.TurnId,
        };
    }

    private string? Read(Activity activity, string key) =>
        _keys.Contains(key) && activity.GetBaggageItem(key) is { Length: > 0 } value ? value : null;

    private static int LengthOf(string? value) => value is null ? 0 : Encoding.UTF8.GetByteCount(value);
}
