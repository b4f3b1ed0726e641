using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Storing;

/// <summary>The tool calls and approvals of messages that wait for an answer at their end. Some providers number their calls from one in each answer: a call after the result is another one.</summary>
internal sealed class OpenCalls
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private OpenCalls()
    {
    }

    public static OpenCalls Of(IEnumerable<StoredMessage> messages)
    {
        var calls = new OpenCalls();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                calls._open.ExceptWith(message.CallIds);
            }
            else
            {
                calls._open.UnionWith(message.CallIds);
            }
        }

        return calls;
    }

    /// <summary>Returns the first of them that messages which come later go on with; <see langword="null"/> where none of them does.</summary>
    public async ValueTask<string?> FindContinuedAsync(IAsyncEnumerable<StoredMessage> later)
    {
        if (_open.Count == 0)
        {
            return null;
        }

        await foreach (var message in later.ConfigureAwait(false))
        {
            if (message.CallIds.FirstOrDefault(_open.Contains) is { } continued)
            {
                return continued;
            }
        }

        return null;
    }
}
