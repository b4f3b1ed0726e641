using AiObs.Generators.Tests.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using NSubstitute;

namespace AiObs.Generators.Tests;

/// <summary>Compiles and runs the generated methods in the shapes in which real projects stand to each other.</summary>
public sealed class ConsumerShapeTests
{
    private const string AppSource = """
        using System;
        using Microsoft.Extensions.AI;

        public static class App
        {
            public static IChatClient Build(IChatClient model, IServiceProvider services) =>
                model.AsBuilder().UseAgentObservability().Build(services);
        }
        """;

    private const string LibraryUsings = """
        using System.Runtime.CompilerServices;
        using Microsoft.Extensions.AI;

        """;

    private const string LibraryClass = """
        public static class Forecasting
        {
            public static ChatClientBuilder UseForecasting(this ChatClientBuilder builder) =>
                builder.UseAgent("forecast", agent => agent.Description = "careful");
        }
        """;

    private const string LibrarySource = LibraryUsings + LibraryClass;

    private const string OpenLibrarySource = LibraryUsings + """[assembly: InternalsVisibleTo("App")]""" + LibraryClass;

    private const string AppOfLibrarySource = """
        using System;
        using Microsoft.Extensions.AI;

        public static class App
        {
            public static IChatClient Build(IChatClient model, IServiceProvider services) =>
                model.AsBuilder().UseForecasting().UseAgentObservability(o => o.SourceName = "app").Build(services);
        }
        """;

    [Fact]
    public async Task Run_DirectConsumer_StagesHaveNameServicesAndOptions()
    {
        const string source = """
            using System;
            using AiObs;
            using Microsoft.Extensions.AI;

            public static class App
            {
                public static IChatClient Build(IChatClient model, IServiceProvider services)
                {
                    var observability = new AgentObservability("mine");

                    return new ChatClientBuilder(model)
                        .UseAgent("outer", observability, agent => agent.Description = "calm")
                        .UseAgent("inner", agent => agent.Description = "eager")
                        .UseAgentObservability(observability, o => o.SourceName = "first")
                        .UseAgentObservability(o => o.SourceName = "second")
                        .UseCostTracking(observability, o => o.StoreCapacity = 3)
                        .UseCostTracking(o => o.StoreCapacity = 4)
                        .Build(services);
                }
            }
            """;

        var app = new Consumer("App", source, StandIn.Builders, StandIn.AiObs).Compile();

        Assert.Equal(
            "calm agent outer by mine (eager agent inner by the services ("
            + "observed by mine as first (observed by the services as second ("
            + "priced by mine for 3 (priced by the services for 4 (sunny))))))",
            await AskAsync(app));
    }

    [Fact]
    public async Task Run_DirectConsumerWithoutOptions_OptionsAreDefault()
    {
        var app = new Consumer("App", AppSource, StandIn.Builders, StandIn.AiObs).Compile();

        Assert.Equal("observed by the services as AiObs (sunny)", await AskAsync(app));
    }

    [Theory]
    [InlineData("""UseAgentObservability(o => o.SourceName = "app")""", "observed by the services as app")]
    [InlineData("""UseAgentObservability(new AgentObservability("mine"), o => o.SourceName = "app")""", "observed by mine as app")]
    [InlineData("UseCostTracking(o => o.StoreCapacity = 3)", "priced by the services for 3")]
    [InlineData("""UseCostTracking(new AgentObservability("mine"), o => o.StoreCapacity = 3)""", "priced by mine for 3")]
    public async Task Run_EmbeddingConsumer_StageHasServicesAndOptions(string stage, string label)
    {
        var source = $$"""
            using System;
            using AiObs;
            using Microsoft.Extensions.AI;

            public static class App
            {
                public static IEmbeddingGenerator<string, Embedding<float>> Build(
                    IEmbeddingGenerator<string, Embedding<float>> model, IServiceProvider services) =>
                    model.AsBuilder().{{stage}}.Build(services);
            }
            """;
        var model = Substitute.For<IEmbeddingGenerator<string, Embedding<float>>>();
        model.GenerateAsync([], null, CancellationToken.None).ReturnsForAnyArgs([]);

        var app = new Consumer("App", source, StandIn.Builders, StandIn.AiObs).Compile();
        using var generator = RunningConsumer.Build<IEmbeddingGenerator<string, Embedding<float>>>(app, model, new TheServices());
        var embeddings = await generator.GenerateAsync(["rain"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(label, embeddings.AdditionalProperties!["label"]);
    }

    [Fact]
    public async Task Run_LibraryAndAppBothGenerate_BothStagesStand()
    {
        var library = new Consumer("Library", LibrarySource, StandIn.Builders, StandIn.AiObs).Compile();
        var app = new Consumer("App", AppOfLibrarySource, StandIn.Builders, StandIn.AiObs, library).Compile();

        Assert.Equal("careful agent forecast by the services (observed by the services as app (sunny))", await AskAsync(app));
    }

    [Fact]
    public async Task Run_AppWithoutGeneratorUsesLibrary_LibraryStageStands()
    {
        const string source = """
            using System;
            using Microsoft.Extensions.AI;

            public static class App
            {
                public static IChatClient Build(IChatClient model, IServiceProvider services) =>
                    model.AsBuilder().UseForecasting().Build(services);
            }
            """;
        var library = new Consumer("Library", LibrarySource, StandIn.Builders, StandIn.AiObs).Compile();

        var withoutGenerator = new Consumer("App", source, StandIn.Builders, library).Compilation;
        var app = CompiledAssembly.Emit(withoutGenerator, [StandIn.Builders, library]);

        Assert.Equal("careful agent forecast by the services (sunny)", await AskAsync(app));
    }

    [Fact]
    public async Task Run_LibraryShowsItsInternalsToApp_EachUsesItsOwnMethods()
    {
        var library = new Consumer("Library", OpenLibrarySource, StandIn.Builders, StandIn.AiObs).Compile();
        var app = new Consumer("App", AppOfLibrarySource, StandIn.Builders, StandIn.AiObs, library).Compile();

        Assert.Equal("careful agent forecast by the services (observed by the services as app (sunny))", await AskAsync(app));
    }

    [Fact]
    public void Compile_LibraryShowsItsInternalsWithoutEmbeddedAttribute_IsAmbiguous()
    {
        var library = new Consumer("Library", OpenLibrarySource, StandIn.Builders, StandIn.AiObs)
            .Compile(text => text.Replace("[global::Microsoft.CodeAnalysis.Embedded]", string.Empty, StringComparison.Ordinal));
        var app = new Consumer("App", AppOfLibrarySource, StandIn.Builders, StandIn.AiObs, library).WithGenerated();

        var errors = app.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        Assert.Equal("CS0121", Assert.Single(errors).Id);
    }

    private static async Task<string> AskAsync(CompiledAssembly app)
    {
        var model = Substitute.For<IChatClient>();
        model.GetResponseAsync([], null, CancellationToken.None)
            .ReturnsForAnyArgs(new ChatResponse(new ChatMessage(ChatRole.Assistant, "sunny")));

        using var client = RunningConsumer.Build<IChatClient>(app, model, new TheServices());
        var response = await client.GetResponseAsync("How is the weather?", cancellationToken: TestContext.Current.CancellationToken);

        return response.Text;
    }

    private sealed class TheServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;

        public override string ToString() => "the services";
    }
}
