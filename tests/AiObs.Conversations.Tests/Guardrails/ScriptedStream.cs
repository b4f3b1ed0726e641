using System.Runtime.CompilerServices;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>A stream that tells how far it was read.</summary>
internal sealed class ScriptedStream(string[] texts)
{
    private Exception? _failure;
    private CancellationTokenSource? _source;
    private int _after;

    public bool HasEnded { get; private set; }

    public bool IsDisposed { get; private set; }

    public IChatClient Client => new StubChatClient { OnStream = call => ReadAsync(call.CancellationToken) };

    public ScriptedStream ThenThrows(Exception failure)
    {
        _failure = failure;
        return this;
    }

    public ScriptedStream Cancelling(CancellationTokenSource source, int after)
    {
        (_source, _after) = (source, after);
        return this;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var index = 0; index < texts.Length; index++)
            {
                if (_source is not null && index == _after)
                {
                    await _source.CancelAsync();
                }

                cancellationToken.ThrowIfCancellationRequested();
                yield return new(ChatRole.Assistant, texts[index]);
            }

            if (_failure is not null)
            {
                throw _failure;
            }

            HasEnded = true;
        }
        finally
        {
            IsDisposed = true;
        }
    }
}
