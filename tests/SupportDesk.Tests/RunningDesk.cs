using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SupportDesk.Model;

namespace SupportDesk.Tests;

/// <summary>Is the desk on a port of its own, with a model that the test plays.</summary>
internal sealed class RunningDesk : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder;
    private readonly WebApplication _app;

    private RunningDesk(TemporaryDirectory folder, WebApplication app, FakeServer model, string source)
    {
        _folder = folder;
        _app = app;
        Model = model;
        Spans = new SpanCollector(source);
        Address = new Uri(app.Urls.Single());
    }

    public Uri Address { get; }

    public FakeServer Model { get; }

    public SpanCollector Spans { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    /// <summary>Starts the desk as with a key of Anthropic's, for whom the test's server stands.</summary>
    /// <param name="settings">Settings that are different from usual ones.</param>
    /// <param name="clock">The clock of the desk; null for the system's.</param>
    public static async Task<RunningDesk> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null, TimeProvider? clock = null)
    {
        var folder = new TemporaryDirectory();
        var model = await FakeServer.StartAsync(cancellationToken: TestToken);
        var source = $"desk-{Guid.NewGuid():N}";
        var app = await DeskApplication.BuildAsync([], Configure, TestToken);
        await app.StartAsync(TestToken);

        return new RunningDesk(folder, app, model, source);

        void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["urls"] = "http://127.0.0.1:0",
                    ["Desk:Database"] = folder.File("desk.db"),
                    ["Desk:ModelRetries"] = "0",
                    [ModelConnection.AnthropicKey] = "test-key",
                    [ModelConnection.AnthropicAddress] = model.BaseAddress.ToString(),
                    [ModelConnection.OpenAIAddress] = model.OpenAIBaseAddress.ToString(),
                    ["AgentObservability:SourceName"] = source,
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
                })
                .AddInMemoryCollection(settings ?? []);
            builder.Logging.ClearProviders();
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }
        }
    }

    /// <summary>Lets somebody in who was not there before.</summary>
    public Task<DeskVisitor> EnterAsync() => DeskVisitor.EnterAsync(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Model.DisposeAsync();
        Spans.Dispose();
        _folder.Dispose();
    }
}
