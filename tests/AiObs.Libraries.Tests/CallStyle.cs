namespace AiObs.Libraries.Tests;

/// <summary>The two ways to ask a model.</summary>
public enum CallStyle
{
    Plain,
    Streamed,
}
