using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Asks again, up to three times in all, where a call fails or its answer has no text.</summary>
/// <remarks>It hands on the messages as they came, as resilience libraries do. A stream that has said something is not asked for again.</remarks>
public sealed class RetryingChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    private const int MostAttempts = 3;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await base.GetResponseAsync(messages, options, cancellationToken);
                if (response.Text.Length > 0 || attempt == MostAttempts)
                {
                    return response;
                }
            }
            catch (InvalidOperationException) when (attempt < MostAttempts)
            {
            }
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            await using var reader = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var hasText = false;
            while (await MoveAsync(reader, canFail: hasText || attempt == MostAttempts))
            {
                hasText |= reader.Current.Text.Length > 0;
                if (hasText || attempt == MostAttempts)
                {
                    yield return reader.Current;
                }
            }

            if (hasText)
            {
                yield break;
            }
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> reader, bool canFail)
    {
        try
        {
            return await reader.MoveNextAsync();
        }
        catch (InvalidOperationException) when (!canFail)
        {
            return false;
        }
    }
}
