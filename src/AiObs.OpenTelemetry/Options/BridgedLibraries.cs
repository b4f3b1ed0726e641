namespace AiObs.OpenTelemetry;

/// <summary>The libraries whose spans are subscribed to and translated. All are on; switch off what is to be left alone.</summary>
public sealed class BridgedLibraries
{
    /// <summary>Gets or sets a value indicating whether spans of Semantic Kernel are taken: <c>Microsoft.SemanticKernel*</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SemanticKernel { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether spans of the OpenAI SDK are taken: <c>OpenAI.*</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool OpenAI { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether spans of the Azure AI libraries are taken: <c>Azure.AI.*</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool AzureAI { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether spans of Microsoft.Extensions.AI are taken: <c>Experimental.Microsoft.Extensions.AI</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ExtensionsAI { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether spans of Microsoft Agent Framework are taken: <c>Experimental.Microsoft.Agents.AI</c> and
    /// <c>Microsoft.Agents.AI.Workflows*</c>.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool AgentFramework { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether spans of the Anthropic SDK are taken: <c>com.anthropic.sdk.csharp</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Anthropic { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether spans of the Model Context Protocol SDK are taken: <c>Experimental.ModelContextProtocol</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ModelContextProtocol { get; set; } = true;
}
