namespace SupportDesk.Model;

/// <summary>Who answers.</summary>
internal enum ModelProvider
{
    /// <summary>A script on this machine, which speaks Anthropic's protocol and needs neither key nor network.</summary>
    Script,

    /// <summary>Anthropic, with the key in <c>ANTHROPIC_API_KEY</c>.</summary>
    Anthropic,

    /// <summary>OpenAI, with the key in <c>OPENAI_API_KEY</c>.</summary>
    OpenAI,
}
