using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Hosting;

public sealed class NamedRootTests
{
    private readonly string _name = $"tenant-{Guid.NewGuid():N}";
    private readonly ServiceCollection _services = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAgentObservability_WithNames_GivesEachRootOptionsSinksAndASourceOfItsOwn()
    {
        using var shared = new SpanCollector($"{_name}.none");
        using var one = new SpanCollector($"AiObs.{_name}.1");
        using var two = new SpanCollector($"AiObs.{_name}.2");
        var events = new InMemoryEventSink();
        _services.AddAgentObservability(o => o.SourceName = $"{_name}.none");
        _services.AddAgentObservability($"{_name}.1", (root, _) => root.Configure(o => o.CaptureContent = ContentCapture.Spans).AddEventSink(events));
        _services.AddAgentObservability($"{_name}.2");
        await using var provider = _services.BuildServiceProvider();

        await AskAsync(Root(provider, $"{_name}.1"));
        await AskAsync(Root(provider, $"{_name}.2"));
        await Root(provider, $"{_name}.1").Events.FlushAsync(Token);

        Assert.Empty(shared.Spans);
        Assert.Equal("Hi", one.Only().GetTagItem("llm.input_messages.0.message.content"));
        Assert.Null(two.Only().GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal(["message_sent", "response_received"], events.Events.Select(item => item.Type));
        Assert.Empty(Root(provider, $"{_name}.2").Events.GetSinks());
        Assert.Same(Root(provider, $"{_name}.1"), Root(provider, $"{_name}.1"));
    }

    [Fact]
    public async Task AddAgentObservability_WithAName_ReadsItsOwnSectionAndNotThatOfAllOthers()
    {
        Configure(new()
        {
            ["AgentObservability:SourceName"] = "not-mine",
            ["AgentObservability:Roots:acme:CaptureContent"] = "Spans",
            ["AgentObservability:Roots:acme:SourceName"] = _name,
            ["AgentObservability:Roots:acme:Events:Sinks:audit:QueueCapacity"] = "7",
        });
        _services.AddAgentObservability("acme", (root, _) => root.AddEventSink(new InMemoryEventSink(), name: "audit"));
        using var spans = new SpanCollector(_name);
        await using var provider = _services.BuildServiceProvider();

        await AskAsync(Root(provider, "acme"));

        Assert.Equal("Hi", spans.Only().GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal(("audit", 7), Root(provider, "acme").Events.GetSinks().Select(sink => (sink.Name, sink.Capacity)).Single());
    }

    [Fact]
    public void AddAgentObservability_ServicesOfTheApplication_AreThereToTakeFrom()
    {
        var sink = new InMemoryEventSink();
        _services.AddSingleton(sink);
        _services.AddAgentObservability("acme", (root, application) => root.AddEventSink(application.GetRequiredService<InMemoryEventSink>()));
        using var provider = _services.BuildServiceProvider();

        Assert.Equal("InMemoryEventSink", Assert.Single(Root(provider, "acme").Events.GetSinks()).Name);
    }

    [Fact]
    public void AddAgentObservability_ServicesOfTheRoot_AreFoundUnderItsName()
    {
        var sink = new InMemoryEventSink();
        _services.AddAgentObservability("acme", (root, _) => root.Services.AddSingleton(sink).AddKeyedSingleton("k", sink));
        using var provider = _services.BuildServiceProvider();

        var services = provider.GetRequiredKeyedService<IServiceProvider>("acme");

        Assert.Same(sink, services.GetRequiredService<InMemoryEventSink>());
        Assert.Same(sink, services.GetRequiredKeyedService<InMemoryEventSink>("k"));
        Assert.Same(sink, services.GetKeyedService<InMemoryEventSink>("k"));
        Assert.Null(provider.GetService<InMemoryEventSink>());
    }

    [Fact]
    public void AddAgentObservability_SameNameTwice_IsRefused()
    {
        _services.AddAgentObservability("acme");

        var exception = Assert.Throws<InvalidOperationException>(() => _services.AddAgentObservability("acme"));

        Assert.Equal("A root named 'acme' was added before. Give this one a name of its own, or set it up where the first one is.", exception.Message);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("a:b")]
    public void AddAgentObservability_NameThatCannotBe_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(nameof(name), () => _services.AddAgentObservability(name));

    [Fact]
    public void ObserveChatClients_OnARootWithAName_IsRefusedAndSaysWhatToWrite()
    {
        _services.AddAgentObservability("acme", (root, _) => root.ObserveChatClients());
        using var provider = _services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(() => Root(provider, "acme"));

        Assert.Equal(
            "A root with a name has no clients of its own to observe. Hand it to the client: UseAgentObservability(provider.GetRequiredKeyedService<AgentObservability>(name)).",
            exception.Message);
    }

    [Theory]
    [InlineData("Privacy:MaxContentLength", "3", "AgentObservability:Roots:acme:Privacy:MaxContentLength is 3. Give a number of characters from 16 up.")]
    [InlineData("Events:Sinks:audit:QueueCapacity", "0", "AgentObservability:Roots:acme:Events:Sinks:audit:QueueCapacity is 0. Give a number from 1 to 1,000,000.")]
    public async Task Host_OptionOfANamedRootIsWrong_FailsToStartNamingTheSection(string key, string value, string message)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new($"AgentObservability:Roots:acme:{key}", value)]);
        builder.Services.AddAgentObservability("acme", (root, _) => root.AddEventSink(new InMemoryEventSink(), name: "audit"));
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(message, Assert.Single(exception.Failures));
    }

    [Fact]
    public async Task Host_Stopped_HasTheSinksOfNamedRootsWriteWhatWaits()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var sink = new InMemoryEventSink();
        builder.Services.AddAgentObservability("acme", (root, _) => root.AddEventSink(sink, o => o.BatchAge = TimeSpan.FromMinutes(1)));
        using var host = builder.Build();
        await host.StartAsync(Token);
        await AskAsync(Root(host.Services, "acme"));

        await host.StopAsync(Token);

        Assert.Equal(["message_sent", "response_received"], sink.Events.Select(item => item.Type));
    }

    [Fact]
    public async Task Container_Disposed_EndsItsNamedRootsWithTheirSinks()
    {
        var sink = new InMemoryEventSink();
        _services.AddAgentObservability("acme", (root, _) => root.AddEventSink(sink));
        var provider = _services.BuildServiceProvider();
        var root = Root(provider, "acme");
        await AskAsync(root);

        await provider.DisposeAsync();

        Assert.Equal(2, sink.Events.Count);
        Assert.Throws<ObjectDisposedException>(() => root.Events.AddSink(sink));
    }

    [Fact]
    public async Task Enabled_SwitchedOffInTheSectionOfARoot_SwitchesThatRootAlone()
    {
        var configuration = Configure([]);
        _services.AddAgentObservability();
        _services.AddAgentObservability("acme");
        await using var provider = _services.BuildServiceProvider();
        var (shared, named) = (provider.GetRequiredService<AgentObservability>(), Root(provider, "acme"));

        configuration["AgentObservability:Roots:acme:Enabled"] = "false";
        configuration.Reload();

        Assert.Equal((true, false), (shared.Enabled, named.Enabled));
    }

    private static AgentObservability Root(IServiceProvider provider, string name) => provider.GetRequiredKeyedService<AgentObservability>(name);

    private static async Task AskAsync(AgentObservability root)
    {
        using var client = new StubChatClient().UseAgentObservability(root);
        await client.GetResponseAsync("Hi", cancellationToken: Token);
    }

    private IConfigurationRoot Configure(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services.AddSingleton<IConfiguration>(configuration);
        return configuration;
    }
}
