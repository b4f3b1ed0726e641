using System.Net;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Tests.Refresh;

/// <summary>A server of price tables on a free loopback port, which keeps what it is asked.</summary>
internal sealed class PriceServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CollectedList<string> _requests = new();

    private PriceServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(context =>
        {
            // One that hangs answers when the client has gone.
            var tag = context.Request.Headers.IfNoneMatch.ToString();
            _requests.Add(tag.Length == 0 ? context.Request.Path : $"{context.Request.Path} {tag}");
            return Respond(context);
        });
    }

    public Uri Url => new(new Uri(_app.Urls.First()), "/prices/data.json");

    /// <summary>Gets or sets how requests are answered.</summary>
    public Func<HttpContext, Task> Respond { get; set; } = Status(StatusCodes.Status404NotFound);

    /// <summary>Gets the paths that were asked for, each with the tag that was sent.</summary>
    public IReadOnlyList<string> Requests => _requests.Items;

    public static async Task<PriceServer> StartAsync(byte[]? table = null, string? etag = "\"1\"")
    {
        var server = new PriceServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        if (table is not null)
        {
            server.Respond = Table(table, etag);
        }

        return server;
    }

    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Answers with a table, or that it is the one that is known.</summary>
    public static Func<HttpContext, Task> Table(byte[] table, string? etag) => context =>
    {
        if (etag is not null && context.Request.Headers.IfNoneMatch == etag)
        {
            return Status(StatusCodes.Status304NotModified)(context);
        }

        context.Response.Headers.ETag = etag;
        return context.Response.Body.WriteAsync(table).AsTask();
    };

    /// <summary>Answers with a table, and with another body where its signature is asked for.</summary>
    public static Func<HttpContext, Task> Signed(byte[] table, byte[] signature) => context =>
        context.Response.Body.WriteAsync(context.Request.Path == "/prices/data.json.sig" ? signature : table).AsTask();

    /// <summary>Waits until so many requests have come.</summary>
    public Task WaitAsync(int requests) => _requests.WaitForAsync(requests, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
