namespace AiObs.Cost.Tables;

/// <summary>What the data does not say: Groq bills at least ten seconds of audio for a transcription.</summary>
internal static class MinimumAudio
{
    private const decimal GroqWhisperSeconds = 10;

    public static decimal? Of(string provider, string model) => (provider, model) switch
    {
        ("groq", "whisper-large-v3" or "whisper-large-v3-turbo") => GroqWhisperSeconds,
        _ => null,
    };
}
