namespace WeatherAgent.Model;

/// <summary>Who answers, and how it is asked.</summary>
internal enum Provider
{
    /// <summary>Anthropic, through a chat client of Microsoft.Extensions.AI.</summary>
    Anthropic,

    /// <summary>OpenAI, through a chat client of Microsoft.Extensions.AI.OpenAI.</summary>
    OpenAI,

    /// <summary>OpenAI, through its SDK as it is.</summary>
    OpenAIRaw,
}
