namespace AiObs;

/// <summary>The generation of the OpenTelemetry GenAI conventions to speak. One spelling per attribute and one set of metrics per profile.</summary>
public enum GenAIProfile
{
    /// <summary>Semantic conventions 1.41 with the additive attributes that came after them. The default: what most libraries and backends speak.</summary>
#pragma warning disable CA1707 // The dot of the version has to become something.
    V1_41,
#pragma warning restore CA1707

    /// <summary>The main branch of the GenAI conventions of October 2026, with its renamed usage attributes and metrics.</summary>
    Latest,
}
