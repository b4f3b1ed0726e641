using AiObs.Cost.Budgets;
using AiObs.Operations;
using Anthropic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.DocSnippets;

internal static class PipelineSnippets
{
    public static IChatClient Quickstart()
    {
        #region snippet:quickstart
        IChatClient client = new AnthropicClient().AsIChatClient("claude-sonnet-4-5")
            .AsBuilder()
            .UseAgent("weather-assistant")
            .UseFunctionInvocation()
            .UseAgentObservability(o => o.CaptureContent = ContentCapture.Spans)
            .Build();
        #endregion

        return client;
    }

    public static IChatClient ObserveAClient(IChatClient client)
    {
        #region snippet:observe-a-client
        IChatClient observed = client.UseAgentObservability(o => o.CaptureContent = ContentCapture.Spans);
        #endregion

        return observed;
    }

    public static void Root(IChatClient client)
    {
        #region snippet:root
        using var observability = AgentObservability.Create(builder => builder
            .Configure(o => o.CaptureContent = ContentCapture.Spans)
            .AddCostTracking());

        IChatClient observed = client.UseAgentObservability(observability);
        #endregion
    }

    public static void NamedRoots(IServiceCollection services)
    {
        #region snippet:named-roots
        services.AddAgentObservability("acme", (root, application) => root
            .Configure(o => o.CaptureContent = ContentCapture.Spans)
            .AddCostTracking()
            .AddEventSink(application.GetRequiredService<AuditSink>()));

        services.AddKeyedChatClient("acme", provider => CreateClient()
            .UseAgentObservability(provider.GetRequiredKeyedService<AgentObservability>("acme")));
        #endregion
    }

    public static void RootLogs(ILoggerFactory loggerFactory)
    {
        #region snippet:root-logs
        using var observability = AgentObservability.Create(builder => builder.Services.AddSingleton(loggerFactory));
        #endregion
    }

    public static IChatClient Builder(IChatClient client, IServiceProvider services)
    {
        #region snippet:builder
        IChatClient agent = client.AsBuilder()
            .UseAgent("weather-assistant")
            .UseFunctionInvocation()
            .UseAgentObservability()
            .Build(services);
        #endregion

        return agent;
    }

    public static IChatClient Order(IChatClient client, IServiceProvider services)
    {
        #region snippet:pipeline-order
        IChatClient agent = client.AsBuilder()
            .UseAgent("weather-assistant")       // outermost: the agent
            .UseFunctionInvocation()             // the loop that runs tools
            .UseAgentObservability()             // innermost: each model call
            .Build(services);
        #endregion

        return agent;
    }

    public static IChatClient Conventions(IChatClient client)
    {
        #region snippet:conventions
        IChatClient observed = client.UseAgentObservability(o =>
        {
            o.Conventions = SpanConventions.GenAI;
            o.GenAIProfile = GenAIProfile.Latest;
        });
        #endregion

        return observed;
    }

    public static IChatClient Privacy(IChatClient client)
    {
        #region snippet:privacy
        IChatClient observed = client.UseAgentObservability(o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.HideInputImages = true;
            o.Privacy.RedactionRules = RedactionRules.Email | RedactionRules.Card;
            o.Privacy.RedactionRulesByKind[RedactionKind.ToolResult] = RedactionRules.All;
            o.Privacy.RedactText = (place, text) => place is { Kind: RedactionKind.ToolResult, Key: "salary" }
                ? "[SALARY]"
                : text.Replace("Project Falcon", "[PROJECT]", StringComparison.Ordinal);
        });
        #endregion

        return observed;
    }

    public static IEmbeddingGenerator<string, Embedding<float>> Embeddings(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        #region snippet:embeddings
        IEmbeddingGenerator<string, Embedding<float>> observed = generator.UseAgentObservability(o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.HideEmbeddingsVectors = true;
        });
        #endregion

        return observed;
    }

    public static IChatClient OwnConvention(IChatClient client)
    {
        #region snippet:add-convention
        IChatClient observed = client.UseAgentObservability(o => o.AddConvention(new TeamConvention()));
        #endregion

        return observed;
    }

    public static IChatClient Enrich(IChatClient client)
    {
        #region snippet:enrich
        IChatClient observed = client.UseAgentObservability(o => o.Enrich = (span, operation) =>
        {
            if (operation is ModelOperation { Usage: { CacheRead: { } read, Input: > 0 and { } input } })
            {
                span.SetTag("team.cache_hit_ratio", (double)read / input);
            }
        });
        #endregion

        return observed;
    }

    public static void Host(IServiceCollection services)
    {
        #region snippet:host
        services.AddChatClient(provider => CreateClient());
        services.AddAgentObservability(o => o.CaptureContent = ContentCapture.Spans)
            .ObserveChatClients();
        #endregion
    }

    public static void Gate(IServiceCollection services)
    {
        #region snippet:add-gate
        services.AddAgentObservability().AddCallGate(new CallLimit(atOnce: 8));
        #endregion
    }

    private static IChatClient CreateClient() => Quickstart();

    public static void Refused(IChatClient client)
    {
        #region snippet:pipeline-refused
        // Refused: the calls are observed inside of the loop, so these options would have no effect.
        client.AsBuilder()
            .UseAgentObservability(o => o.CaptureContent = ContentCapture.All)
            .UseFunctionInvocation()
            .UseCostTracking();

        // One observer with both.
        client.AsBuilder()
            .UseFunctionInvocation()
            .UseAgentObservability(o => o.CaptureContent = ContentCapture.All)
            .UseCostTracking();
        #endregion
    }

    public static void Upgrade(IChatClient model, IServiceProvider services, IServiceCollection registrations)
    {
        #region snippet:upgrade-pipeline
        IChatClient agent = model.AsBuilder()
            .UseAgent("weather-assistant")                                       // the span around the loop
            .UseFunctionInvocation()
            .UseAgentObservability(o => o.CaptureContent = ContentCapture.All)   // next to the model
            .UseCostTracking()                                                   // beside it
            .Build(services);
        #endregion

        #region snippet:upgrade-retry
        IChatClient oneSpanForAllTries = model.AsBuilder()
            .UseAgentObservability()
            .Use(inner => new RetryingChatClient(inner))
            .Build(services);
        #endregion

        #region snippet:upgrade-tenants
        registrations.AddAgentObservability().AddCostTracking(o => o.Budgets.Add(
            new Budget { Name = "tenant", Scope = BudgetScope.Tag, Limit = 50, Window = BudgetWindow.CalendarMonth }));
        #endregion

        GC.KeepAlive((agent, oneSpanForAllTries));
    }

    private sealed class RetryingChatClient(IChatClient inner) : DelegatingChatClient(inner);
}
