namespace AiObs.Pipeline;

/// <summary>Checks what a client returns that somebody else wrote.</summary>
internal static class AnswerCheck
{
    /// <summary>Returns what a client returned.</summary>
    /// <exception cref="InvalidOperationException">It is nothing, which no client may return.</exception>
    public static T OfClient<T>(this T? answer, object client)
        where T : class => answer ?? throw new InvalidOperationException($"{client.GetType().FullName} returned null instead of an answer to wait for.");
}
