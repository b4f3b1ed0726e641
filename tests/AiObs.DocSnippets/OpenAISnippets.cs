using System.ClientModel;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.DocSnippets;

internal static class OpenAISnippets
{
    public static async Task RawAsync(AgentObservability observability, string key)
    {
        #region snippet:openai-raw
        var options = new OpenAIClientOptions().UseAgentObservability(observability);
        var client = new OpenAIClient(new ApiKeyCredential(key), options);

        ChatCompletion answer = await client.GetChatClient("gpt-4o").CompleteChatAsync("What is the weather in Oslo?");
        #endregion
    }

    public static void Azure(AgentObservability observability, string key)
    {
        #region snippet:openai-azure
        var options = new OpenAIClientOptions { Endpoint = new Uri("https://acme.openai.azure.com/openai/v1") };
        var client = new OpenAIClient(new ApiKeyCredential(key), options.UseAgentObservability(observability));
        #endregion
    }

    public static async Task AgentAsync(AgentObservability observability, string key, string question)
    {
        #region snippet:openai-agent
        var options = new OpenAIClientOptions().UseAgentObservability(observability);
        var chat = new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient("gpt-4o");
        var look = AIFunctionFactory.Create(LookUp, "look_up").Observed(observability);

        var answer = await observability.Tracer.TraceAgentAsync("weather-assistant", new AgentStart { Input = question }, async _ =>
        {
            // Here goes your loop over chat.CompleteChatAsync and look.InvokeAsync.
            return (await chat.CompleteChatAsync(question)).Value.Content[0].Text;
        });
        #endregion
    }

    private static string LookUp(string city) => $"Snow in {city}";
}
