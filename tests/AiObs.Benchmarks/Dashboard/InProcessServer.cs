using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>Is a server without sockets, so that a request takes what the application takes for it, on the thread of who asks.</summary>
internal sealed class InProcessServer : IServer
{
    private Func<IFeatureCollection, Task>? _answer;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _answer = async features =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, exception: null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asks for a page as somebody at this machine; throws unless it is there.</summary>
    public async Task GetAsync(string path, Stream body)
    {
        var parts = path.Split('?', 2);
        var response = new HttpResponseFeature();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = "GET",
            Scheme = "http",
            Protocol = "HTTP/1.1",
            Path = parts[0],
            QueryString = parts.Length > 1 ? "?" + parts[1] : string.Empty,
            Headers = { Host = "localhost" },
        });
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = IPAddress.Loopback, LocalIpAddress = IPAddress.Loopback });
        await _answer!(features);
        if (response.StatusCode != (int)HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{path} was answered with {response.StatusCode}.");
        }
    }

    public async Task<byte[]> GetAsync(string path)
    {
        using var body = new MemoryStream();
        await GetAsync(path, body);
        return body.ToArray();
    }

    public void Dispose()
    {
        // It holds nothing.
    }
}
