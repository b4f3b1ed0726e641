using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Keeps what an answer that is made in the background is asked for again with.</summary>
#pragma warning disable MEAI001 // Experimental: where it goes away, responses in the background do too.
internal static class Background
{
    public static ResponseContinuationToken? Read(string? token) => token is null ? null : ResponseContinuationToken.FromBytes(Convert.FromBase64String(token));

    public static string? Write(ResponseContinuationToken? token) => token is null ? null : Convert.ToBase64String(token.ToBytes().Span);

    /// <summary>Returns what a stream that broke off after an update goes on with.</summary>
    public static string? After(ChatResponseUpdate update) => Write(update.ContinuationToken);

    /// <summary>Returns what an answer that is not there yet is asked for again with.</summary>
    public static string? RunningIn(ChatResponse response) => response.FinishReason is null ? Write(response.ContinuationToken) : null;
}
#pragma warning restore MEAI001
