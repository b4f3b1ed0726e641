using System.Net;
using FakeModelServer.Hosting;
using FakeModelServer.Protocols;

namespace FakeModelServer;

/// <summary>
/// Serves the protocols of OpenAI, Anthropic and Ollama on a loopback port, with replies that the owner scripts. It logs nothing and
/// needs no key.
/// </summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly RequestLog _log;
    private readonly ReplyQueue _queue;
    private readonly ReplyChooser _chooser;

    private FakeServer(WebApplication application, RequestLog log, ReplyQueue queue, ReplyChooser chooser)
    {
        _application = application;
        _log = log;
        _queue = queue;
        _chooser = chooser;
        BaseAddress = new Uri(application.Urls.Single());
    }

    /// <summary>Gets the address without a path, as the Anthropic SDK and OllamaSharp want it.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Gets the address with the path <c>/v1</c>, as the OpenAI SDK wants it.</summary>
    public Uri OpenAIBaseAddress => new(BaseAddress, "/v1");

    /// <summary>Gets or sets what answers when no reply is queued.</summary>
    /// <value>The default is null: the server says what it was told. So it does when the handler returns null.</value>
    public Func<ModelRequest, ModelReply?>? Handler
    {
        get => _chooser.Handler;
        set => _chooser.Handler = value;
    }

    /// <summary>Gets the newest requests, oldest first. Those that script the server are not among them.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>Gets how many replies wait for a request.</summary>
    public int QueuedReplies => _queue.Count;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it starts; null for a free port and an echo.</param>
    /// <param name="cancellationToken">The token that ends the start.</param>
    /// <returns>The running server; dispose it to stop it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A capacity is less than one.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeServer> StartAsync(FakeServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FakeServerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RequestCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReplyCapacity, 1);

        var log = new RequestLog(options.RequestCapacity);
        var queue = new ReplyQueue(options.ReplyCapacity);
        var chooser = new ReplyChooser(queue) { Handler = options.Handler };
        var application = BuildApplication(options.Port);

        try
        {
            MapEndpoints(application, log, queue, chooser, options);
            await application.StartAsync(cancellationToken);

            return new FakeServer(application, log, queue, chooser);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Queues replies: each answers one request, in this order, whatever the protocol.</summary>
    /// <param name="replies">The replies.</param>
    /// <exception cref="InvalidOperationException">More replies would wait than <see cref="FakeServerOptions.ReplyCapacity"/>.</exception>
    public void Enqueue(params IReadOnlyCollection<ModelReply> replies)
    {
        if (!_queue.TryEnqueue(replies))
        {
            throw new InvalidOperationException("The queue of replies is full; send requests, or raise FakeServerOptions.ReplyCapacity.");
        }
    }

    /// <summary>Stops the server and closes its connections, also those with a reply under way.</summary>
    /// <returns>A task that completes when the port is free.</returns>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static WebApplication BuildApplication(int port)
    {
        // The empty builder reads no settings, no environment and no command line of the process around it, and has no logger.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, EmbeddedLifetime>();

        return builder.Build();
    }

    private static void MapEndpoints(
        WebApplication application, RequestLog log, ReplyQueue queue, ReplyChooser chooser, FakeServerOptions options)
    {
        var timeProvider = options.TimeProvider;
        var background = new BackgroundResponses(log, timeProvider);

        foreach (var protocol in Protocol.All)
        {
            application.MapPost(protocol.Path, new ModelEndpoint(protocol, log, chooser, background, timeProvider, options.RefuseBrokenToolCalls).HandleAsync);
        }

        background.Map(application);

        new ScriptEndpoints(log, queue).Map(application);
        application.MapFallback("{*path}", new UnknownEndpoint(log).HandleAsync);
    }
}
