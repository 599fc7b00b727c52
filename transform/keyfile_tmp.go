package transform

func LoadKeyFile(path string) (*Keys, error) { panic("tmp") }
func KeyFromEnv(name string) (*Keys, error)  { panic("tmp") }
