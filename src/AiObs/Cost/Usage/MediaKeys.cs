namespace AiObs.Cost.Usage;

/// <summary>What the input tokens of one medium are called.</summary>
/// <param name="Media">The usage key of all of them.</param>
/// <param name="Cached">The usage key of those that came from the cache.</param>
/// <param name="Rate">The price key without which it makes no difference how many came from the cache.</param>
internal sealed record MediaKeys(string Media, string Cached, string Rate)
{
    public static MediaKeys Audio { get; } = new(UsageKeys.InputAudio, UsageKeys.CacheAudioRead, "input_audio_mtok");

    public static MediaKeys Image { get; } = new(UsageKeys.InputImage, UsageKeys.CacheImageRead, "input_image_mtok");
}
