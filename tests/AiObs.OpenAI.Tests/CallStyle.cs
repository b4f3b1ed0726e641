namespace AiObs.OpenAI.Tests;

/// <summary>The ways to make one call with the SDK.</summary>
public enum CallStyle
{
    Async,
    Sync,
    Streamed,
    StreamedSync,
}
