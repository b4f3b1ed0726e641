using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>The calls of a turn, in order, and how they repeat.</summary>
internal sealed class TurnCalls
{
    private readonly List<string> _keys = [];

    public int Count => _keys.Count;

    /// <summary>Returns the calls of a history since the last message of the user.</summary>
    public static TurnCalls Before(IReadOnlyList<ChatMessage> history)
    {
        var calls = new TurnCalls();
        foreach (var message in history)
        {
            if (message.Role == ChatRole.User)
            {
                calls._keys.Clear();
            }

            foreach (var call in message.Contents.OfType<FunctionCallContent>())
            {
                calls.Add(ToolCallKey.Of(call.Name, ToolCallKey.ArgumentsOf(call)));
            }
        }

        return calls;
    }

    public void Add(string key) => _keys.Add(key);

    /// <summary>Returns how often the last call was made.</summary>
    public int CountSame() => _keys.Count(key => key == _keys[^1]);

    /// <summary>Returns how often the last two calls follow each other at the end; 0 where they are the same.</summary>
    public int CountCycles()
    {
        if (_keys.Count < 2 || _keys[^1] == _keys[^2])
        {
            return 0;
        }

        var count = 1;
        while (_keys.Count >= (count + 1) * 2 && _keys[^((count * 2) + 1)] == _keys[^1] && _keys[^((count * 2) + 2)] == _keys[^2])
        {
            count++;
        }

        return count;
    }
}
