using System.ClientModel;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

public sealed class AiObsClientPipelineOptionsExtensionsTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UseAgentObservability_Services_ObservesWithTheRootOfTheContainer()
    {
        var source = $"raw-{Guid.NewGuid():N}";
        var services = new ServiceCollection();
        services.AddAgentObservability(options => options.SourceName = source);
        await using var provider = services.BuildServiceProvider();
        using var spans = new SpanCollector(source);

        await AskAsync(options => options.UseAgentObservability(provider));

        Assert.Equal("chat gpt-4o", spans.Only().DisplayName);
    }

    [Fact]
    public async Task UseAgentObservability_LambdaAlone_ObservesWithItsOptions()
    {
        var source = $"raw-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);

        await AskAsync(options => options.UseAgentObservability(o => o.SourceName = source));

        Assert.Equal("chat gpt-4o", spans.Only().DisplayName);
    }

    [Fact]
    public async Task UseAgentObservability_RootAndLambda_ChangesACopyOfItsOptions()
    {
        var source = $"raw-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        using var root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = source));

        await AskAsync(options => options.UseAgentObservability(root, static o => o.CaptureContent = ContentCapture.Spans));
        await AskAsync(options => options.UseAgentObservability(root));

        Assert.Equal([true, false], spans.Spans.Select(static span => span.GetTagItem("input.value") is not null));
    }

    [Fact]
    public void UseAgentObservability_Options_ReturnsTheSame()
    {
        using var root = AgentObservability.Create();
        var options = new OpenAIClientOptions();

        Assert.Same(options, options.UseAgentObservability(root));
    }

    [Fact]
    public void UseAgentObservability_OptionOutOfRange_Throws()
    {
        Assert.Throws<OptionsValidationException>(() => new OpenAIClientOptions().UseAgentObservability(static o => o.SourceName = ""));
    }

    [Fact]
    public void UseAgentObservability_ClientMadeAlready_Throws()
    {
        using var root = AgentObservability.Create();
        var options = new OpenAIClientOptions();
        _ = new OpenAIClient(new ApiKeyCredential("key"), options);

        Assert.Throws<InvalidOperationException>(() => options.UseAgentObservability(root));
    }

    [Fact]
    public void UseAgentObservability_ArgumentMissing_Throws()
    {
        using var root = AgentObservability.Create();
        var options = new OpenAIClientOptions();

        Assert.Throws<ArgumentNullException>("options", () => ((OpenAIClientOptions)null!).UseAgentObservability(root));
        Assert.Throws<ArgumentNullException>("options", () => ((OpenAIClientOptions)null!).UseAgentObservability());
        Assert.Throws<ArgumentNullException>("observability", () => options.UseAgentObservability((AgentObservability)null!));
        Assert.Throws<ArgumentNullException>("configure", () => options.UseAgentObservability((Action<AgentObservabilityOptions>)null!));
    }

    private static async Task AskAsync(Action<OpenAIClientOptions> configure)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        var options = new OpenAIClientOptions { Endpoint = server.OpenAIBaseAddress };
        configure(options);
        var chat = new OpenAIClient(new ApiKeyCredential("key"), options).GetChatClient("gpt-4o");

        await chat.CompleteChatAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken);
    }
}
