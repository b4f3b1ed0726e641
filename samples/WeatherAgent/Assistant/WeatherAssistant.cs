using System.ClientModel;
using System.Globalization;
using AiObs;
using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Events;
using Anthropic.Exceptions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace WeatherAgent.Assistant;

/// <summary>Puts the assistant together: a model, its tools and, around both, AiObs.</summary>
internal static class WeatherAssistant
{
    public const string Name = "weather-assistant";
    public const string Instructions = "You are a weather assistant. Look the weather up, never guess it. Answer in one or two short sentences.";
    public const int MaxOutputTokens = 320;

    /// <summary>Sets up what observes the assistant, counts what it costs and keeps the log.</summary>
    /// <param name="builder">What is set up.</param>
    /// <param name="run">What the arguments ask for.</param>
    public static void Observe(AgentObservabilityBuilder builder, RunOptions run)
    {
        builder.Configure(options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.MapErrorType = static exception =>
                StatusOf(exception)?.ToString(CultureInfo.InvariantCulture);
        });
        builder.AddCostTracking(options =>
        {
            // The server on this machine stands in for the providers, so calls of it are priced like theirs.
            options.Pricing.LocalCalls = LocalCallPricing.LikeProvider;
            if (run.Budget is { } budget)
            {
                options.Budgets.Add(new Budget
                {
                    Name = "conversation",
                    Scope = BudgetScope.Conversation,
                    Limit = budget,
                });
            }
        });
        if (run.Database is { } file)
        {
            builder.AddStore(s => s
                .UseSqlite(LogConnection(file))
                .ConfigureDelivery(static delivery => delivery.Delivery = EventDelivery.Durable));
        }

        if (run.Conversation is not null)
        {
            builder.AddConversations();
        }
    }

    /// <summary>Returns the connection string of a log; a path may hold what would end a setting in it.</summary>
    public static string LogConnection(string logFile) => new SqliteConnectionStringBuilder { DataSource = logFile }.ConnectionString;

    public static IChatClient Create(IChatClient model, AgentObservability observability)
    {
        #region snippet:weather-assistant
        var builder = model.AsBuilder();
        if (observability.Conversations is { } conversations)
        {
            builder.UseConversations(conversations);             // each call is a turn of a conversation that is kept
        }

        return builder
            .UseAgent("weather-assistant", observability)        // an AGENT span around the loop
            .UseFunctionInvocation(configure: RunTools)          // a TOOL span for each tool call
            .UseAgentObservability(observability)                // an LLM span for each model call
            .Build();
        #endregion
    }

    public static ChatOptions CreateOptions(string? conversation = null) => new()
    {
        ConversationId = conversation,
        Instructions = Instructions,
        MaxOutputTokens = MaxOutputTokens,
        Tools = WeatherTools.Create(),
    };

    private static void RunTools(FunctionInvokingChatClient loop)
    {
        loop.AllowConcurrentInvocation = true;

        // The model is told what went wrong, and decides what to do about it.
        loop.IncludeDetailedErrors = true;
    }

    private static int? StatusOf(Exception exception) => exception switch
    {
        AnthropicApiException api => (int)api.StatusCode,
        ClientResultException { Status: > 0 } api => api.Status,
        _ => null,
    };
}
