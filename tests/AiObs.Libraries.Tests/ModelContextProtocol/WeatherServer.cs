using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AiObs.Libraries.Tests.ModelContextProtocol;

/// <summary>A server of the Model Context Protocol with the tool of the conversation, and a client of it, over two pipes in this process.</summary>
internal sealed class WeatherServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly McpServer _server;
    private readonly Task _serving;

    private WeatherServer(McpServer server)
    {
        _server = server;
        _serving = server.RunAsync(_stop.Token);
    }

    public McpClient Client { get; private set; } = null!;

    public static async Task<WeatherServer> StartAsync(Func<string, string> tell, CancellationToken cancellationToken)
    {
        Pipe toServer = new();
        Pipe toClient = new();
        var transport = new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream());
        var tool = McpServerTool.Create((string city) => tell(city), new() { Name = Weather.ToolName, Description = "Tells the weather." });
        var server = new WeatherServer(McpServer.Create(transport, new McpServerOptions { ToolCollection = [tool] }, NullLoggerFactory.Instance));
        server.Client = await McpClient.CreateAsync(
            new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), cancellationToken: cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _stop.CancelAsync();
        try
        {
            await _serving;
        }
        catch (OperationCanceledException)
        {
            // That is how a server stops.
        }

        await _server.DisposeAsync();
        _stop.Dispose();
    }
}
