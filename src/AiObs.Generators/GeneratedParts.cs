namespace AiObs.Generators;

/// <summary>The files a compilation gets: a plain value, so that an edit which changes none of them ends the pipeline early.</summary>
[Flags]
internal enum GeneratedParts
{
    None = 0,
    ChatClientBuilder = 1,
    EmbeddingGeneratorBuilder = 2,
    EmbeddedAttribute = 4,
}
