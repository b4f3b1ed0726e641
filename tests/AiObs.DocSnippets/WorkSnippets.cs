using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.DocSnippets;

internal static class WorkSnippets
{
    public static async Task Context(IChatClient client)
    {
        #region snippet:context
        using (AgentContext.Begin(
            conversationId: "c-42",
            userId: "u-7",
            tags: ["beta"],
            metadata: [new("tenant", "acme")]))
        {
            await client.GetResponseAsync("Hello");
        }
        #endregion

        #region snippet:suppress
        using (AgentContext.Suppress())
        {
            await client.GetResponseAsync("Not observed at all");
        }
        #endregion
    }

    public static async Task MetricTags(IChatClient client)
    {
        #region snippet:metric-tags
        IChatClient observed = client.UseAgentObservability(o => o.MetricMetadataKeys.Add("feature"));

        using (AgentContext.Begin(metadata: [new("feature", "search")]))
        {
            await observed.GetResponseAsync("Hello");
        }
        #endregion
    }

    public static IChatClient Agent(IChatClient loop, AgentObservability observability)
    {
        #region snippet:agent
        IChatClient agent = loop.UseAgent("weather-assistant", observability, o =>
        {
            o.Description = "Answers questions about the weather.";
            o.Version = "2";
        });
        #endregion

        return agent;
    }

    public static AIFunction Function(AgentObservability observability)
    {
        #region snippet:observed-function
        AIFunction observed = AIFunctionFactory.Create(GetWeather).Observed(observability);
        #endregion

        return observed;
    }

    public static async Task<string> Trace(
        AgentObservability observability, string question, string template, Dictionary<string, object?> variables)
    {
        #region snippet:trace-function
        var documents = await observability.Tracer.TraceRetrieverAsync(
            "knowledge-base",
            new RetrieverStart { Query = question, TopK = 3 },
            _ => SearchAsync(question));
        #endregion

        #region snippet:trace-using
        using var prompt = observability.Tracer.StartPrompt(
            "answer",
            new PromptStart { Template = template, Variables = variables });
        var text = Render(template, variables);
        prompt.SetResult(new PromptStop { Rendered = text });
        #endregion

        return text + documents.Count;
    }

    private static string GetWeather(string city) => $"Sunny in {city}";

    private static Task<IReadOnlyList<RetrievedDocument>> SearchAsync(string query) =>
        Task.FromResult<IReadOnlyList<RetrievedDocument>>([new() { Content = query }]);

    private static string Render(string template, Dictionary<string, object?> variables) =>
        variables.Aggregate(template, static (text, pair) => text.Replace($"{{{pair.Key}}}", pair.Value?.ToString(), StringComparison.Ordinal));
}
