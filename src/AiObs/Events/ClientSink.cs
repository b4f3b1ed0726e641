namespace AiObs.Events;

/// <summary>A sink of one client, which disposes it.</summary>
internal sealed class ClientSink : IDisposable
{
    private readonly IAgentEventSink _sink;
    private readonly EventSinkOptions _options = new();
    private EventDispatcher? _dispatcher;
    private int _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="ClientSink"/> class.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public ClientSink(IAgentEventSink sink, Action<EventSinkOptions>? configure, string? name)
    {
        _sink = sink;
        Name = name ?? sink.GetType().Name;
        configure?.Invoke(_options);
        EventSinkOptionsValidator.ThrowIfInvalid(Name, _options);
    }

    public string Name { get; }

    /// <summary>Adds the sink to the events of its client.</summary>
    public EventSinkChannel AddTo(EventDispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        return dispatcher.Add(Name, _sink, _options.Clone());
    }

    public void Dispose()
    {
        // Clients are disposed without being awaited.
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0 && _sink is IAsyncDisposable or IDisposable)
        {
            _dispatcher!.DisposeAsync($"Event sink {Name}", DisposeSinkAsync).GetAwaiter().GetResult();
        }
    }

    private async Task DisposeSinkAsync()
    {
        if (_sink is IAsyncDisposable sink)
        {
            await sink.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (_sink as IDisposable)?.Dispose();
        }
    }
}
