using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using ModelContextProtocol.Client;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.DocSnippets;

internal static class LibrarySnippets
{
    public static void BridgeOnly()
    {
        #region snippet:bridge-only
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter()
            .Build();
        #endregion
    }

    public static void SemanticKernelServices(IChatClient client)
    {
        #region snippet:semantic-kernel-services
        var kernelBuilder = Kernel.CreateBuilder();
        kernelBuilder.Services.AddChatClient(_ => client);
        kernelBuilder.Services.AddAgentObservability().ObserveChatClients();
        #endregion

        #region snippet:semantic-kernel-loop
        kernelBuilder.Services.AddChatClient(_ => client)
            .UseKernelFunctionInvocation()
            .UseAgentObservability();
        #endregion
    }

    public static void SemanticKernelBridge()
    {
        #region snippet:semantic-kernel-bridge
        AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", true);

        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter()
            .Build();
        #endregion
    }

    public static void AzureAI()
    {
        #region snippet:azure-ai-bridge
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);     // Azure.AI.Inference, Azure.AI.Agents.Persistent
        AppContext.SetSwitch("Azure.Experimental.EnableGenAITracing", true);       // Azure.AI.Projects, Azure.AI.Extensions.OpenAI

        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter()
            .Build();
        #endregion
    }

    public static async Task McpToolsAsync(McpClient mcp, IChatClient agent)
    {
        #region snippet:mcp-tools
        var tools = await mcp.ListToolsAsync();
        var answer = await agent.GetResponseAsync("Weather in Paris?", new ChatOptions { Tools = [.. tools] });
        #endregion
    }
}
