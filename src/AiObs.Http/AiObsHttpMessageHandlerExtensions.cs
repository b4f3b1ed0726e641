using AiObs;
using AiObs.Http;
using Microsoft.Extensions.Options;

namespace System.Net.Http;

/// <summary>Puts observation on an <see cref="HttpClient"/> that the application makes by itself.</summary>
public static class AiObsHttpMessageHandlerExtensions
{
    /// <summary>Observes the model calls that go through a handler; everything else passes untouched.</summary>
    /// <param name="handler">The handler that sends them, such as a <see cref="SocketsHttpHandler"/>; it is disposed with the one returned.</param>
    /// <param name="observability">The root; the caller disposes it after the client.</param>
    /// <param name="configure">Changes a copy of the root's options, for this client alone.</param>
    /// <returns>The handler for an <see cref="HttpClient"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public static DelegatingHandler UseAgentObservability(
        this HttpMessageHandler handler, AgentObservability observability, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(observability);
        return new ObservingHandler(new HttpCalls(observability.With(configure), isOwned: false), handler);
    }
}
