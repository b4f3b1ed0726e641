namespace WeatherAgent.Assistant;

/// <summary>Asks an assistant one question after the other; it remembers what was said before.</summary>
internal interface IConversation
{
    Task AskAsync(string question, bool streams, CancellationToken cancellationToken);
}
