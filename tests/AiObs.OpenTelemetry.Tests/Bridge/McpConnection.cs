using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>A real client and a real server of the Model Context Protocol that talk over two pipes; the server has the tools <c>echo</c> and <c>fail</c>.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly McpServer _server;
    private readonly Task _serving;

    private McpConnection(McpServer server)
    {
        _server = server;
        _serving = server.RunAsync(_stop.Token);
    }

    public McpClient Client { get; private set; } = null!;

    public static async Task<McpConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Pipe toServer = new();
        Pipe toClient = new();
        var transport = new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream());
        var options = new McpServerOptions
        {
            ToolCollection =
            [
                McpServerTool.Create((string text) => text, new() { Name = "echo", Description = "Says it again." }),
                McpServerTool.Create(string (string text) => throw new InvalidOperationException(text), new() { Name = "fail" }),
            ],
        };
        var connection = new McpConnection(McpServer.Create(transport, options, NullLoggerFactory.Instance));
        connection.Client = await McpClient.CreateAsync(
            new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), cancellationToken: cancellationToken);
        return connection;
    }

    /// <summary>Returns a tool as the client lists it.</summary>
    public async Task<McpClientTool> ToolAsync(string name, CancellationToken cancellationToken)
    {
        var tools = await Client.ListToolsAsync(cancellationToken: cancellationToken);
        return tools.Single(tool => tool.Name == name);
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
