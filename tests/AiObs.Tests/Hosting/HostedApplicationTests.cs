using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Hosting;

public sealed class HostedApplicationTests
{
    private readonly string _source = $"host-{Guid.NewGuid():N}";
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_ConfiguredFromASection_ObservesItsClients()
    {
        using var spans = new SpanCollector(_source);
        using var host = await StartAsync(new() { ["AgentObservability:CaptureContent"] = "All" });

        await AskAsync(host);
        await host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["red"], cancellationToken: Token);

        Assert.Equal(["chat stub-model", "embeddings stub-embedding"], spans.Spans.Select(span => span.DisplayName));
        Assert.Equal("Hi", spans.Spans[0].GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal("red", spans.Spans[1].GetTagItem("embedding.embeddings.0.embedding.text"));
    }

    [Fact]
    public async Task Host_EnabledSwitchedOffAndOn_FollowsTheConfigurationLive()
    {
        using var spans = new SpanCollector(_source);
        using var host = await StartAsync([]);

        await AskAsync(host);
        Reload(host, "Enabled", "false");
        await AskAsync(host);
        Assert.Single(spans.Spans);

        Reload(host, "Enabled", "true");
        await AskAsync(host);
        Assert.Equal(2, spans.Spans.Count);
    }

    [Fact]
    public async Task Host_StartedSwitchedOff_CanBeSwitchedOnLive()
    {
        using var spans = new SpanCollector(_source);
        using var host = await StartAsync(new() { ["AgentObservability:Enabled"] = "false" });

        await AskAsync(host);
        Assert.Empty(spans.Spans);

        Reload(host, "Enabled", "true");
        await AskAsync(host);
        Assert.Single(spans.Spans);
    }

    [Fact]
    public async Task Host_OtherOptionsReloaded_StayAsTheyWere()
    {
        using var spans = new SpanCollector(_source);
        using var host = await StartAsync([]);

        Reload(host, "CaptureContent", "All");
        Reload(host, "Conventions", "GenAI");
        await AskAsync(host);

        var span = spans.Only();
        Assert.Null(span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("LLM", span.GetTagItem("openinference.span.kind"));
    }

    [Fact]
    public async Task Host_UnrelatedReload_LeavesASwitchThatWasTurnedByHand()
    {
        using var host = await StartAsync([]);
        var observability = host.Services.GetRequiredService<AgentObservability>();
        observability.Enabled = false;

        Reload(host, "SourceName", "another");

        Assert.False(observability.Enabled);
    }

    [Theory]
    [InlineData("Enabled", "perhaps")]
    [InlineData("SourceName", " ")]
    public async Task Host_SectionBecomesInvalid_GoesOnWithWhatItHad(string option, string value)
    {
        using var spans = new SpanCollector(_source);
        using var host = await StartAsync([]);

        Reload(host, option, value);
        await AskAsync(host);

        Assert.Single(spans.Spans);
    }

    [Fact]
    public async Task Host_SectionIsInvalid_FailsToStartWithAClearMessage()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(new() { ["AgentObservability:Privacy:MaxContentLength"] = "3" }));

        Assert.Equal(
            "AgentObservability:Privacy:MaxContentLength is 3. Give a number of characters from 16 up.", Assert.Single(exception.Failures));
    }

    [Fact]
    public async Task Host_SectionCannotBeRead_FailsToStartNamingTheKey()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(new() { ["AgentObservability:CaptureContent"] = "Everything" }));

        Assert.Contains("AgentObservability:CaptureContent", exception.Message, StringComparison.Ordinal);
    }

    private static async Task AskAsync(IHost host) =>
        await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: Token);

    private static void Reload(IHost host, string option, string value)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[$"AgentObservability:{option}"] = value;
        configuration.Reload();
    }

    private async Task<IHost> StartAsync(Dictionary<string, string?> settings)
    {
        settings["AgentObservability:SourceName"] = _source;
        _builder.Configuration.AddInMemoryCollection(settings);
        _builder.Services.AddSingleton<IChatClient, ContainerChatClient>();
        _builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            _ => new StubEmbeddingGenerator<string, Embedding<float>>(_ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>())));
        _builder.Services.AddAgentObservability().ObserveChatClients();
        var host = _builder.Build();
        await host.StartAsync(Token);
        host.Services.GetRequiredService<IChatClient>();
        return host;
    }
}
