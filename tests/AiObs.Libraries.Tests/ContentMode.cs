namespace AiObs.Libraries.Tests;

/// <summary>What of the content a run records.</summary>
public enum ContentMode
{
    /// <summary>Nothing, as it is by default.</summary>
    Off,

    /// <summary>Everything, on spans and in events.</summary>
    On,

    /// <summary>Everything, with mail addresses redacted and the name of the city replaced.</summary>
    Masked,

    /// <summary>Everything but inputs and outputs, which are hidden.</summary>
    Hidden,
}
