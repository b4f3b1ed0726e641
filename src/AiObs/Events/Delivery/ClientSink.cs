namespace AiObs.Events.Delivery;

/// <summary>A sink of one client, which disposes it.</summary>
internal sealed class ClientSink : IDisposable
{
    private readonly EventSinkOptions _options = new();
    private int _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="ClientSink"/> class.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public ClientSink(IAgentEventSink sink, Action<EventSinkOptions>? configure, string? name)
    {
        Sink = sink;
        Name = name ?? sink.GetType().Name;
        configure?.Invoke(_options);
        EventSinkOptionsValidator.ThrowIfInvalid(Name, _options);
    }

    public IAgentEventSink Sink { get; }

    public string Name { get; }

    public EventSinkOptions Options => _options;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        if (Sink is IAsyncDisposable sink)
        {
            // Clients are disposed without being awaited; on the pool, what the sink comes back to cannot lock up.
            Task.Run(() => sink.DisposeAsync().AsTask()).GetAwaiter().GetResult();
        }
        else
        {
            (Sink as IDisposable)?.Dispose();
        }
    }
}
