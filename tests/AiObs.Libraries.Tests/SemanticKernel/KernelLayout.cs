namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>How the chat client of a kernel is observed.</summary>
public enum KernelLayout
{
    /// <summary>An agent, the kernel's loop, an observed model.</summary>
    AgentAroundTheLoop,

    /// <summary>The kernel's loop around a model, and <c>ObserveChatClients()</c> over the services.</summary>
    ObservedServices,
}
