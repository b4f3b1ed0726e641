namespace AiObs.Libraries.Tests.Canaries;

/// <summary>What is to become of the canaries.</summary>
public enum CanaryMode
{
    /// <summary>All of them are shown, which proves that they would be seen.</summary>
    Shown,

    /// <summary>Content is off, that of other libraries too.</summary>
    Off,

    /// <summary>Redaction replaces them.</summary>
    Replaced,

    /// <summary>Redaction hides every text.</summary>
    Hidden,

    /// <summary>Redaction throws, with the text in its message.</summary>
    Broken,
}
